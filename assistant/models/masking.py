"""Masking: what must not leave becomes typed numbered placeholders, and comes back exactly. The map lives in memory only."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import SettingsError
from assistant.settings import PREFIX, Settings
from assistant.text.entities import KINDS, find_entities, fixed_spans, guess_kind
from assistant.text.entity_scan import Entity, longest_of

_DIGIT = "[0-9０-９]"
_BLANK = r"[ \t\u3000]{0,3}"
_KIND = f"(?:{'|'.join(KINDS.values())})"
_PLACEHOLDER = re.compile(
    rf"〖{_BLANK}(?P<kind>{_KIND}){_BLANK}(?P<number>{_DIGIT}(?:{_BLANK}{_DIGIT}){{0,5}}){_BLANK}〗"
)
# The longest text that _PLACEHOLDER takes, and what its beginnings are made of.
_LONGEST = 2 + 3 * 3 + 2 + 6 + 5 * 3
_BEGINNING = re.compile(rf"〖[{''.join(sorted(set(''.join(KINDS.values()))))}0-9０-９ \t\u3000]*")
_OPENING, _CLOSING = r"[〖\[【〔(（<＜「{｛《［]", r"[〗\]】〕)）>＞」}｝》］]"
_ALTERED = re.compile(
    rf"{_OPENING}{_BLANK}(?P<a>{_KIND}){_BLANK}(?P<b>{_DIGIT}{{1,6}}){_BLANK}{_CLOSING}?|(?P<c>{_KIND})(?P<d>{_DIGIT}{{1,6}}){_CLOSING}?"
)
_WIDTHS = str.maketrans("０１２３４５６７８９", "0123456789", " \t\u3000")


@dataclass(frozen=True, slots=True)
class MaskedEntity:
    """An entity of a text and what stands for it in the masked text. Offsets are those of the text."""

    start: int
    end: int
    kind: str
    text: str
    placeholder: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text as it may leave, and what was masked, in order."""

    text: str
    entities: tuple[MaskedEntity, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of the placeholders in an answer: those it lost, what looks like a broken one, and those never sent."""

    missing: tuple[str, ...]
    altered: tuple[str, ...]
    invented: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Tell whether every placeholder came back, and none other."""
        return not (self.missing or self.altered or self.invented)


@dataclass(frozen=True, slots=True)
class MaskPolicy:
    """When to mask (always, remote or never), the user's own names with their kinds, and whether amounts are masked."""

    mode: str = "remote"
    names: Mapping[str, str] = field(default_factory=dict)
    amounts: bool = False

    def applies(self, *, local: bool) -> bool:
        """Tell whether what goes to an endpoint on this machine, or elsewhere, is to be masked."""
        return self.mode == "always" or (self.mode == "remote" and not local)


def mask_policy(settings: Settings) -> MaskPolicy:
    """Return what the settings ask for. Raises `SettingsError` when the file of names cannot be used."""
    names = _read_names(settings.mask_names) if settings.mask_names else {}
    return MaskPolicy(settings.mask, names, settings.mask_amounts)


def _read_names(path: Path) -> dict[str, str]:
    """Read a user's names: one a line, with its kind behind a blank, a comma or a tab where the user gave one."""
    try:
        lines = path.expanduser().read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"无法读取 {PREFIX}MASK_NAMES 所指的名单“{path}”，请检查路径，并存为 UTF-8 编码。"
        ) from error
    names: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            name, kind = _name_and_kind(line, path=path, number=number)
            names[name] = kind
    return names


def _name_and_kind(line: str, *, path: Path, number: int) -> tuple[str, str]:
    parts = [part for part in re.split(r"[\t,，]|[ \u3000]{1,}(?=\S+\s*$)", line.strip()) if part.strip()]
    name = parts[0].strip()
    if len(parts) == 1:
        return name, guess_kind(name)
    kind = parts[-1].strip()
    kinds = {**{kind: kind for kind in KINDS}, **{title: kind for kind, title in KINDS.items()}}
    if len(parts) > 2 or kind not in kinds:
        raise SettingsError(
            f"名单“{path}”第{number}行的类别不可用，可写：{'、'.join(KINDS.values())}；请改正或只写名称。"
        )
    return name, kinds[kind]


class Masker:
    """The masking of one job: the same text gets the same placeholder in every text of the job."""

    def __init__(self, policy: MaskPolicy | None = None) -> None:
        """Start a job with an empty map."""
        self._policy = policy or MaskPolicy()
        self._placeholders: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._originals: dict[str, str] = {}
        self._last: dict[str, int] = {}
        # A prompt is masked to be sent, and again to be told of while its answer arrives.
        self._looked_at: dict[str, tuple[Entity, ...]] = {}

    def mask(self, text: str) -> Masked:
        """Return a text with placeholders for what must not leave."""
        return self.mask_all([text])[0]

    def mask_all(self, texts: Sequence[str]) -> list[Masked]:
        """Mask texts that leave together: what is found in one is masked in each."""
        found = self._learned(texts)
        known = [name for name, kind in self._kinds.items() if len(name) > 1 and kind != "amount"]
        pattern = re.compile(longest_of(known)) if known else None
        return [self._masked(text, entities, pattern) for text, entities in zip(texts, found, strict=True)]

    def learn(self, texts: Sequence[str]) -> None:
        """Look for names in texts that leave later, so that they are masked in what leaves before."""
        self._learned(texts)

    def restore(self, text: str) -> str:
        """Return a text with each placeholder of this job replaced by what it stands for; others stay."""
        return _PLACEHOLDER.sub(lambda match: self._originals.get(_normal(match), match.group()), text)

    def unmasker(self) -> "Unmasker":
        """Return a restorer for a text that arrives in pieces."""
        return Unmasker(self)

    def verify(self, answer: str, *, sent: str) -> Verification:
        """Compare the placeholders of an answer with those of the masked text that was sent."""
        expected = dict.fromkeys(_normal(match) for match in _PLACEHOLDER.finditer(sent))
        came = [(_normal(match), match.group()) for match in _PLACEHOLDER.finditer(answer)]
        missing = tuple(name for name in expected if name not in {name for name, _ in came})
        invented = tuple(dict.fromkeys(shown for name, shown in came if name not in self._originals))
        rest, source = _PLACEHOLDER.sub("\0", answer), _PLACEHOLDER.sub("\0", sent)
        broken = (
            match.group() for match in _ALTERED.finditer(rest) if self._is_broken(match, missing, source)
        )
        return Verification(missing, tuple(dict.fromkeys(broken)), invented)

    def _is_broken(self, match: re.Match[str], missing: tuple[str, ...], source: str) -> bool:
        """Tell whether what looks like a placeholder without its marks is one: with a mark, or when one is missing."""
        name = f"〖{match['a'] or match['c']}{(match['b'] or match['d']).translate(_WIDTHS)}〗"
        return match.group() not in source and (
            name in missing or (name in self._originals and match["a"] is not None)
        )

    def _learned(self, texts: Sequence[str]) -> list[tuple[Entity, ...]]:
        found = [self._found(text) for text in texts]
        for entities in found:
            for entity in entities:
                self._kinds.setdefault(entity.text, entity.kind)
        return found

    def _found(self, text: str) -> tuple[Entity, ...]:
        """Return the entities of a text, looked for once; what looks like a placeholder already is one of them."""
        if text in self._looked_at:
            return self._looked_at[text]
        marks = [
            Entity(_kind_of(match), *match.span(), match.group()) for match in _PLACEHOLDER.finditer(text)
        ]
        entities = find_entities(text, names=self._policy.names, amounts=self._policy.amounts)
        return self._looked_at.setdefault(text, tuple(_merged(text, marks, entities)))

    def _masked(self, text: str, entities: Sequence[Entity], known: re.Pattern[str] | None) -> Masked:
        if known is not None:
            kept = [Entity("", start, end, "") for start, end in fixed_spans(text)]
            more = [
                Entity(self._kinds[match.group()], *match.span(), match.group())
                for match in known.finditer(text)
            ]
            entities = [entity for entity in _merged(text, [*entities, *kept], more) if entity.kind]
        done = tuple(
            MaskedEntity(entity.start, entity.end, entity.kind, entity.text, self._placeholder(entity))
            for entity in entities
        )
        pieces, last = [], 0
        for entity in done:
            pieces += [text[last : entity.start], entity.placeholder]
            last = entity.end
        return Masked("".join([*pieces, text[last:]]), done)

    def _placeholder(self, entity: Entity) -> str:
        """Return what stands for an entity; a placeholder that the text brought stands for itself where it is free."""
        if entity.text in self._placeholders:
            return self._placeholders[entity.text]
        name = entity.text
        if not (
            _PLACEHOLDER.fullmatch(name) and name not in self._originals and name == name.translate(_WIDTHS)
        ):
            name = self._next(entity.kind)
        self._placeholders[entity.text] = name
        self._originals[name] = entity.text
        return name

    def _next(self, kind: str) -> str:
        while True:
            self._last[kind] = self._last.get(kind, 0) + 1
            name = f"〖{KINDS[kind]}{self._last[kind]}〗"
            if name not in self._originals:
                return name


class Unmasker:
    """Restores a text that arrives in pieces, however it is cut."""

    def __init__(self, masker: Masker) -> None:
        """Restore what ``masker`` has masked."""
        self._masker = masker
        self._held = ""

    def feed(self, delta: str) -> str:
        """Return what may be shown now; what may be the beginning of a placeholder is held back."""
        text = self._held + delta
        cut = text.rfind("〖")
        if cut < 0 or len(text) - cut >= _LONGEST or not _BEGINNING.fullmatch(text, cut):
            cut = len(text)
        self._held = text[cut:]
        return self._masker.restore(text[:cut])

    def flush(self) -> str:
        """Return what was held back; the text has ended."""
        held, self._held = self._held, ""
        return self._masker.restore(held)


def _normal(match: re.Match[str]) -> str:
    return f"〖{match['kind']}{match['number'].translate(_WIDTHS)}〗"


def _kind_of(match: re.Match[str]) -> str:
    return next(kind for kind, title in KINDS.items() if title == match["kind"])


def _merged(text: str, first: list[Entity], second: list[Entity]) -> list[Entity]:
    """Return the entities of both that do not overlap, in order; where two do, the first list wins."""
    taken = bytearray(len(text))
    kept = []
    for entity in (*first, *second):
        if taken.find(1, entity.start, entity.end) < 0:
            taken[entity.start : entity.end] = b"\1" * (entity.end - entity.start)
            kept.append(entity)
    return sorted(kept, key=lambda entity: entity.start)
