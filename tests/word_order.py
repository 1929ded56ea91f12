"""Whether a Word file keeps to the order of elements that Word demands (ECMA-376-1, sequences of CT_PPr and the others)."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from assistant.documents.word_import.markup import attribute, local, parse_part

_BORDERS = "top left start bottom right end insideH insideV tl2br tr2bl"
_RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden "
    "color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout "
    "specVanish oMath"
)
_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens "
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle"
)
# The order of what may stand in an element of this name; what is not listed may not stand there.
ORDERS = {
    name: tuple(children.split())
    for name, children in {
        "rPr": f"ins del moveFrom moveTo {_RUN} rPrChange",
        "pPr": f"{_PARAGRAPH} rPr sectPr pPrChange",
        "sectPr": "headerReference|footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
        "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers "
        "cellIns|cellDel|cellMerge tcPrChange",
        "pBdr": "top left bottom right between bar",
        "tblBorders": _BORDERS,
        "tcBorders": _BORDERS,
        "numPr": "ilvl numId numberingChange ins",
        "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
        "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
        "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
        "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries "
        "displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts "
        "embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader "
        "bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign "
        "attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions "
        "doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop "
        "autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle "
        "defaultTableStyle evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets "
        "drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery "
        "displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin "
        "drawingGridVerticalOrigin doNotShadeFormData noPunctuationKerning characterSpacingControl printTwoOnOne "
        "strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema "
        "saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving "
        "saveThroughXslt showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars "
        "rsids m:mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats "
        "doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults "
        "doNotEmbedSmartTags decimalSymbol listSeparator",
    }.items()
}
_FIRST = {"p": "pPr", "r": "rPr", "tbl": "tblPr", "tc": "tcPr"}
_REVISION_PARENTS = {
    "p",
    "hyperlink",
    "sdtContent",
    "smartTag",
    "customXml",
    "dir",
    "bdo",
    "ins",
    "del",
    "fldSimple",
}
_IN_REVISION = {
    *("r", "sdt", "smartTag", "customXml", "ins", "del", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"),
    *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "proofErr", "permStart", "permEnd", ""),
}  # fmt: skip


def faults(data: bytes) -> list[str]:
    """Return what in a .docx stands where Word does not allow it, or lacks what it refers to."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        parts = {name: package.read(name) for name in names}
        doubled = [name for name, count in Counter(package.namelist()).items() if count > 1]
        found += [f"{name} is there twice" for name in doubled]
    for name, part in parts.items():
        found += [f"{name}: {fault}" for fault in _part_faults(part)]
    comments = {
        attribute(each, "id")
        for name, part in parts.items()
        if "comments" in name
        for each in parse_part(part)
    }
    return found + list(_unpaired(parse_part(parts["word/document.xml"]), comments))


# Most files share most parts: the styles above all.
@lru_cache(maxsize=64)
def _part_faults(part: bytes) -> tuple[str, ...]:
    return tuple(fault for element in parse_part(part).iter() for fault in _faults(element))


def _faults(element: Any) -> Iterator[str]:
    name = local(element)
    children = [local(child) for child in element]
    if name in ORDERS:
        yield from _disorder(name, children)
    first = _FIRST.get(name)
    if first in children and children.index(first) > 0:
        yield f"{first} is not the first in {name}"
    if name in ("ins", "del", "moveFrom", "moveTo") and local(element.getparent()) not in (
        "rPr",
        "trPr",
        "numPr",
        "tcPr",
    ):
        yield from _revision(element, children)
    if name == "t" and any(local(above) == "del" for above in element.iterancestors()):
        yield "w:t in what is deleted"
    if name == "delText" and not any(
        local(above) in ("del", "moveFrom") for above in element.iterancestors()
    ):
        yield "w:delText in what is not deleted"


def _disorder(name: str, children: list[str]) -> Iterator[str]:
    places = _places(name)
    last = -1
    for child in filter(None, children):
        if child.startswith("mc:"):
            continue
        if child not in places:
            yield f"{child} may not stand in {name}"
        elif places[child] < last:
            yield f"{child} comes too late in {name}"
        else:
            last = places[child]


@cache
def _places(name: str) -> dict[str, int]:
    return {each: place for place, group in enumerate(ORDERS[name]) for each in group.split("|")}


def _revision(element: Any, children: list[str]) -> Iterator[str]:
    if local(element.getparent()) not in _REVISION_PARENTS:
        yield f"{local(element)} may not stand in {local(element.getparent())}"
    yield from (
        f"{child} may not stand in {local(element)}" for child in children if child not in _IN_REVISION
    )
    if not attribute(element, "id") or not attribute(element, "author"):
        yield f"{local(element)} without number or author"


def _unpaired(root: Any, comments: set[str | None]) -> Iterator[str]:
    marks = [
        (local(each), attribute(each, "id")) for each in root.iter() if local(each).startswith("comment")
    ]
    for number in {number for _, number in marks}:
        own = [name for name, each in marks if each == number]
        # Comments of other programs may hang on a place without a stretch.
        if own not in (["commentRangeStart", "commentRangeEnd", "commentReference"], ["commentReference"]):
            yield f"comment {number} has {own}"
        if number not in comments:
            yield f"comment {number} is not there"
    revisions = Counter(
        attribute(each, "id")
        for each in root.iter()
        if local(each) in ("ins", "del") and attribute(each, "id") != "0"
    )
    yield from (
        f"number {number} is borne by {count} marks" for number, count in revisions.items() if count > 1
    )
