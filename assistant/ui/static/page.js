// A file that is too large is refused here, in Chinese, before it is sent; the server refuses it too.
const MOST = __MOST__;
const say = (words) => {
  const note = document.createElement("p");
  note.className = "page-alert";
  note.setAttribute("role", "alert");
  note.textContent = words;
  document.body.append(note);
  setTimeout(() => note.remove(), 12000);
};
const refuse = (event, files) => {
  const large = Array.from(files || []).find((file) => file.size > MOST);
  if (!large) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.target.type === "file") event.target.value = "";
  say(`“${large.name}”超过${MOST / 1000000}MB，请拆分、压缩其中的图片或另存为较小的文件后再试。`);
};
document.addEventListener("change", (event) => {
  if (event.target.type === "file") refuse(event, event.target.files);
}, true);
document.addEventListener("drop", (event) => refuse(event, event.dataTransfer && event.dataTransfer.files), true);

// What is typed is remembered by this browser tab until the server has taken it: leaving the page at once, or a server
// that is away for a while, loses nothing.
const SHELF = "gongwen-unsent";
const write = (box, text) => {
  if (text === box.value) return;
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
};
const unsent = {
  // Tabs whose contents have come. Before that the server takes requests, but has no desk to lay them on.
  opened: new Set(),
  all: () => JSON.parse(sessionStorage.getItem(SHELF) || "{}"),
  write: (all) => {
    try {
      sessionStorage.setItem(SHELF, JSON.stringify(all));
    } catch {
      sessionStorage.removeItem(SHELF);
    }
  },
  put: (name, text) => unsent.write({ ...unsent.all(), [name]: text }),
  take: (name) => {
    const { [name]: text, ...others } = unsent.all();
    unsent.write(others);
    return text;
  },
  // The server has what stands in a request that it took.
  taken: (body) => {
    if (typeof body !== "string" || !sessionStorage.getItem(SHELF)) return;
    const left = Object.entries(unsent.all()).filter(
      ([name, text]) => !(unsent.opened.has(name.split("/")[0]) && body.includes(JSON.stringify(text))),
    );
    unsent.write(Object.fromEntries(left));
  },
  name: (box) => `${box.closest("[role=tabpanel]")?.id}/${box.closest("label")?.textContent.trim()}`,
  // Puts back what the server never got into the boxes of a tab whose contents have come.
  restore: (place) => {
    const panel = place.closest("[role=tabpanel]");
    if (!panel) return;
    unsent.opened.add(panel.id);
    panel.querySelectorAll(".asked textarea").forEach((box) => {
      const text = unsent.take(unsent.name(box));
      if (text !== undefined) write(box, text);
    });
  },
};
unsent.opened.add("paper");
window.gongwenUnsent = unsent;
// In the frame after it has built a tab or opened a fold, the library fills its boxes anew, over what was typed since.
const typed = new WeakMap();
const hold = (box) => {
  const text = box.value;
  typed.set(box, text);
  requestAnimationFrame(() => requestAnimationFrame(() => {
    if (typed.get(box) === text) write(box, text);
  }));
};
document.addEventListener("input", (event) => {
  if (event.target.matches(".asked textarea")) unsent.put(unsent.name(event.target), event.target.value);
  if (event.target.matches(".asked textarea, .asked input[type=number]")) hold(event.target);
}, true);
const ask = window.fetch;
window.fetch = async (...request) => {
  const answer = await ask(...request);
  if (answer.ok) unsent.taken(request[1]?.body);
  return answer;
};
// On a narrow screen what a button brings is below it, out of sight; the button that stops it must stay in sight.
document.addEventListener("click", (event) => {
  const go = event.target.closest?.(".asked button.primary");
  if (!go || !window.matchMedia("(max-width: 760px)").matches) return;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (go.getBoundingClientRect().top > window.innerHeight / 2)
    go.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
}, true);
// What the library says to screen readers only is English.
const speakChinese = () => document.querySelectorAll("[aria-label^='Click to upload']").forEach((node) => {
  node.setAttribute("aria-label", "选择文件，或把文件拖放到这里");
});
// It loads the page anew when the server is back.
const AWAY = "与服务器的连接断了，正在重新连接；可以接着写，写的文字会保留。";
const sayAway = () => document.querySelectorAll('[data-testid="toast-text"]').forEach((words) => {
  if (words.textContent.startsWith("Connection to the server")) words.textContent = AWAY;
});
new MutationObserver(sayAway).observe(document.body, { childList: true, subtree: true });
new MutationObserver(speakChinese).observe(document.body, { childList: true, subtree: true });
speakChinese();
