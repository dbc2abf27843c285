/* Each page: the button beside a text copies it and says so for a moment. */
const copied = async (shown) => {
  try {
    await navigator.clipboard.writeText(shown.textContent);
    return true;
  } catch {
    // Without HTTPS a browser keeps its clipboard shut; the selection can still be copied.
    getSelection().selectAllChildren(shown);
    return document.execCommand("copy");
  }
};

addEventListener("click", async (event) => {
  const button = event.target.closest(".copyable > button");
  if (!button) return;
  button.textContent = (await copied(button.previousElementSibling)) ? "コピー済み" : "Ctrl+C";
  setTimeout(() => (button.textContent = "コピー"), 2000);
});
