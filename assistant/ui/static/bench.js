// The paper in the browser. The server writes the markup; here are only the caret, the lights and the buttons.
const SETTLE = 700;
const EDITED = "paper";
let restored = false;
let waiting = null;
let selected = null;

const paper = () => element.querySelector(".bench > .desk .paper[contenteditable]");
const every = (selector) => Array.from(element.querySelectorAll(selector));
const ids = (text) => (text || "").split(" ").filter(Boolean);

function written() {
  const sheet = paper();
  if (!sheet) return "";
  let text = "";
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) text += node.data;
    else if (node.nodeName === "BR") text += "\n";
    else {
      // Some browsers begin a new line with a block of its own.
      if (node !== sheet && /^(DIV|P)$/.test(node.nodeName) && text && !text.endsWith("\n")) text += "\n";
      node.childNodes.forEach(walk);
    }
  };
  walk(sheet);
  return text.replace(/\u00a0/g, " ");
}

function send(name, more) {
  clearTimeout(waiting);
  waiting = null;
  trigger(name, { text: written(), found: false, ...more });
}

function changed() {
  const note = element.querySelector(".changed-note");
  if (note) note.textContent = "已修改，还没有重新检查";
  clearTimeout(waiting);
  window.gongwenUnsent.put(EDITED, written());
  waiting = setTimeout(() => send("edit"), SETTLE);
}

// Once, when the paper has come after the page was opened.
function restoreUnsent() {
  if (restored) return;
  restored = true;
  setTimeout(() => window.gongwenUnsent.restore(element), 0);
  const text = window.gongwenUnsent.take(EDITED);
  if (!text || !paper() || text === written()) return;
  paper().textContent = text;
  changed();
  send("edit", { found: true });
}

function clear() {
  every(".lit").forEach((node) => node.classList.remove("lit"));
  every("details[data-opened]").forEach((node) => {
    node.open = false;
    delete node.dataset.opened;
  });
}

function light(sentence) {
  clear();
  selected = sentence;
  if (!sentence) return;
  sentence.classList.add("lit");
  const notes = ids(sentence.dataset.notes);
  notes.forEach((id) => lightNote(id));
  every(".shared").forEach((node) => {
    if (ids(node.dataset.of).includes(sentence.dataset.s)) {
      node.classList.add("lit");
      const source = node.closest("details");
      source.classList.add("lit");
      if (!source.open) {
        source.open = true;
        source.dataset.opened = "";
      }
    }
  });
  describe(sentence, notes);
}

function lightNote(id) {
  every("[data-note]").filter((node) => node.dataset.note === id).forEach((node) => node.classList.add("lit"));
}

function describe(sentence, notes) {
  const grounds = element.querySelector(".grounds");
  if (!grounds) return;
  const quoted = document.createElement("p");
  quoted.className = "quoted";
  quoted.textContent = sentence.textContent.trim();
  const said = document.createElement("p");
  const numbers = notes.map((id) => id.replace(/^n/, "")).join("、");
  said.textContent = notes.length
    ? `依据要点${numbers}，吻合程度${sentence.dataset.score}%。`
    : "这句是套语，没有要点可依据。";
  const shared = every("details.lit[data-passage]").length;
  if (shared) said.textContent += `与${shared}段旧稿有相同的字句。`;
  grounds.replaceChildren(quoted, said);
  every(".when-selected").forEach((node) => { node.hidden = false; });
}

function atCaret() {
  const selection = document.getSelection();
  const sheet = paper();
  if (!selection || !selection.anchorNode || !sheet || !sheet.contains(selection.anchorNode)) return;
  const node = selection.anchorNode;
  const sentence = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest(".s");
  if (sentence && sentence !== selected) light(sentence);
}

function goTo(node) {
  node.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  node.classList.remove("flash");
  void node.offsetWidth;
  node.classList.add("flash");
}

function toFinding(button) {
  const marks = every(`.desk .paper[contenteditable] mark[data-f="${button.dataset.f}"]`);
  const [kind, ...rest] = (button.dataset.refers || "").split(":");
  clear();
  if (marks.length) {
    const sentence = marks[0].closest(".s");
    if (sentence) light(sentence);
    goTo(marks[0]);
  }
  if (kind === "note") lightNote(rest.join(":"));
  if (kind === "passage") {
    const source = every("[data-passage]").find((node) => node.dataset.passage === rest.join(":"));
    if (source) {
      source.open = true;
      source.classList.add("lit");
      if (!marks.length) goTo(source);
    }
  }
}

function fromNote(button) {
  clear();
  button.classList.add("lit");
  const sentences = every(".desk .paper[contenteditable] .s").filter((node) => ids(node.dataset.notes).includes(button.dataset.note));
  sentences.forEach((node) => node.classList.add("lit"));
  if (sentences.length) goTo(sentences[0]);
}

async function copy(button) {
  const text = written();
  let done = false;
  if (navigator.clipboard && window.isSecureContext) {
    done = await navigator.clipboard.writeText(text).then(() => true, () => false);
  }
  if (!done) {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    done = document.execCommand("copy");
    area.remove();
  }
  const before = button.textContent;
  button.textContent = done ? "已复制" : "请手动复制";
  setTimeout(() => { button.textContent = before; }, 1500);
}

const acts = {
  check: () => send("check"),
  copy,
  download: (button) => send("download", { kind: button.dataset.kind }),
  choose: (button) => send("choose", { number: Number(button.dataset.number) }),
  restore: (button) => send("restore", { id: button.dataset.id }),
  place: toFinding,
  note: fromNote,
  compare: (button) => {
    const shown = element.querySelector(".compared");
    shown.hidden = !shown.hidden;
    button.setAttribute("aria-expanded", String(!shown.hidden));
    shown.closest(".bench").classList.toggle("comparing", !shown.hidden);
  },
  redo: () => {
    if (!selected || !selected.isConnected) return;
    const before = document.createRange();
    before.setStart(paper(), 0);
    before.setEndBefore(selected);
    const words = element.querySelector("#redo-words").value;
    // The server counts characters, the browser halves of some rare ones.
    const at = Array.from(before.toString()).length;
    send("redo", { at, words });
  },
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button && element.contains(button) && !button.disabled) acts[button.dataset.act](button);
});
element.addEventListener("input", (event) => {
  if (event.target === paper()) changed();
});
element.addEventListener("focusout", (event) => {
  if (waiting && event.target === paper()) send("edit");
});
element.addEventListener("keydown", (event) => {
  if (event.target.id === "redo-words" && event.key === "Enter") acts.redo();
});
document.addEventListener("selectionchange", atCaret);
document.addEventListener("visibilitychange", () => {
  if (waiting && document.hidden) send("edit");
});
watch("value", () => {
  selected = null;
  const note = element.querySelector(".changed-note");
  if (note) note.textContent = "";
  restoreUnsent();
});
