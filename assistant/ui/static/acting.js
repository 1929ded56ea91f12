// What every tab but 起草 does in the browser: buttons that ask the server, and those that only show.
const every = (selector) => Array.from(element.querySelectorAll(selector));

function goTo(node) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (let fold = node.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
  node.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  node.classList.remove("flash");
  void node.offsetWidth;
  node.classList.add("flash");
}

function show(view) {
  const bench = element.querySelector(".bench");
  if (!bench) return;
  bench.dataset.view = view;
  every("[data-view][data-act]").forEach((node) => node.setAttribute("aria-pressed", String(node.dataset.view === view)));
}

async function copy(button) {
  const text = element.querySelector("[data-copied], .paper.result, .paper").textContent;
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
  button.textContent = done ? "已复制" : "请手动复制";
  setTimeout(() => { button.textContent = "复制"; }, 1500);
}

const acts = {
  copy,
  show: (button) => show(button.dataset.view),
  place: (button) => {
    if (element.querySelector(".bench[data-view=result]")) show("diff");
    const { place } = button.dataset;
    const node = every("[data-at], .paper [data-f]").find((each) => (each.dataset.at ?? each.dataset.f) === place);
    if (!node) return;
    if (node.matches("details")) node.open = true;
    goTo(node);
  },
  ask: (button) => {
    const row = button.closest("[data-asking]");
    row.dataset.asking = button.dataset.to;
    const next = row.querySelector(button.dataset.to === "yes" ? "[data-act=remove]" : "[data-act=ask][data-to=yes]");
    if (next) next.focus();
  },
  restore: (button) => trigger("restore", { ...button.dataset }),
  download: (button) => trigger("download", { ...button.dataset }),
};

function press(target) {
  const button = target.closest("[data-act]");
  if (!button || !element.contains(button) || button.disabled) return;
  const act = acts[button.dataset.act];
  if (act) act(button);
  else trigger("act", { ...button.dataset });
}

element.addEventListener("click", (event) => press(event.target));
element.addEventListener("keydown", (event) => {
  if ((event.key === "Enter" || event.key === " ") && event.target.getAttribute("role") === "button") {
    event.preventDefault();
    press(event.target);
  }
});
function fit(frame) {
  const inside = frame.contentDocument && frame.contentDocument.documentElement;
  if (inside) frame.style.height = `${inside.scrollHeight}px`;
}

function fitFrames() {
  every("iframe").forEach((frame) => {
    frame.onload = () => fit(frame);
    fit(frame);
  });
}

new ResizeObserver(fitFrames).observe(element);
let restored = false;
function restoreUnsent() {
  if (restored || !element.querySelector(".bench")) return;
  restored = true;
  setTimeout(() => window.gongwenUnsent.restore(element), 0);
}

restoreUnsent();
watch("value", () => {
  restoreUnsent();
  fitFrames();
  const bench = element.querySelector(".bench");
  if (bench && bench.dataset.view) show(bench.dataset.view);
  const sought = element.querySelector("[data-sought]");
  if (sought) goTo(sought);
});
new IntersectionObserver((seen) => {
  if (seen.some((each) => each.isIntersecting)) trigger("opened", {});
}).observe(element);
