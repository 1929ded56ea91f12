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
