// The library loads the page anew when the server is back, and would forget what was typed while it was away. That is
// kept in this tab until the server has taken it.
const UNSENT = "gongwen.unsent";
const AWAY = "与服务器的连接断了，正在重新连接；可以接着写，写的文字会保留。";
const before = JSON.parse(sessionStorage.getItem(UNSENT) || "{}");
// Without a break, what the server has is what was typed last.
const left = before.broken ? { ...before.texts } : {};
const unsent = { broken: Boolean(before.broken), texts: { ...left } };
const keepUnsent = () => sessionStorage.setItem(UNSENT, JSON.stringify(unsent));
const broke = () => {
  unsent.broken = true;
  keepUnsent();
};
keepUnsent();
const fields = () => Array.from(document.querySelectorAll("textarea, [contenteditable]"));
const nameOf = (field) => {
  const panels = Array.from(document.querySelectorAll('[role="tabpanel"]'));
  const label = field.closest("label");
  return `${panels.indexOf(field.closest('[role="tabpanel"]'))}/${field.getAttribute("aria-label") || (label ? label.innerText.split("\n")[0] : "")}`;
};
const textOf = (field) => (field.value === undefined ? field.innerText : field.value);
const bare = (text) => String(text).replace(/\s/g, "");

document.addEventListener("input", ({ target }) => {
  if (!fields().includes(target)) return;
  unsent.texts[nameOf(target)] = textOf(target);
  keepUnsent();
}, true);

const taken = (body) => {
  const { data = [], event_data: event } = JSON.parse(body);
  const texts = [...data, event && event.text].filter((one) => typeof one === "string").map(bare);
  for (const [name, text] of Object.entries(unsent.texts)) if (texts.includes(bare(text))) delete unsent.texts[name];
  unsent.broken = unsent.broken && Object.keys(unsent.texts).length > 0;
  keepUnsent();
};
const ask = window.fetch;
window.fetch = (...request) => {
  const { body } = request[1] || {};
  const answer = ask.apply(window, request);
  if (typeof body === "string" && String(request[0]).includes("/queue/join")) {
    answer.then((given) => given.ok && taken(body), broke);
  }
  return answer;
};

const fill = (field, text) => {
  if (field.value === undefined) field.textContent = text;
  else Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
};
const giveBack = () => {
  for (const field of fields()) {
    const name = nameOf(field);
    const text = left[name];
    delete left[name];
    if (text !== undefined && bare(text) !== bare(textOf(field))) fill(field, text);
  }
};
// What the server has kept is laid out first.
let settled = null;
new MutationObserver(() => {
  if (Object.keys(left).length && document.querySelector(".bench")) {
    clearTimeout(settled);
    settled = setTimeout(giveBack, 300);
  }
  for (const words of document.querySelectorAll('[data-testid="toast-text"]')) {
    if (words.textContent.startsWith("Connection to the server")) {
      words.textContent = AWAY;
      broke();
    }
  }
}).observe(document.body, { childList: true, subtree: true });
