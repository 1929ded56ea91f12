// A file made by the server, handed to the browser without lying anywhere on the way.
watch("value", () => {
  const file = props.value;
  if (!file || !file.data) return;
  const bytes = Uint8Array.from(atob(file.data), (mark) => mark.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: file.type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
});
