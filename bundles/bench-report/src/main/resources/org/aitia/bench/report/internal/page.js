// Tables scroll on their own, and sort by the column whose head is clicked.
document.querySelectorAll("main table").forEach(table => {
  const box = document.createElement("div");
  box.className = "scroll";
  table.replaceWith(box);
  box.append(table);
  const heads = [...table.tHead.rows[0].cells];
  if (heads.every(head => head.textContent === "")) {
    const pictures = table.querySelector(".picture") !== null;
    table.tHead.remove();
    box.classList.add(pictures ? "gallery" : "facts");
    return;
  }
  heads.forEach((head, column) => head.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") !== (head.align === "right" ? "descending" : "ascending");
    const sign = (head.align === "right") === down ? -1 : 1;
    const key = row => {
      const text = row.cells[column].textContent.trim();
      const number = parseFloat(text.replace(/^[^0-9+-]*/, "").replace(/,/g, ""));
      const unit = {"µs": 1e-6, "ms": 1e-3, "min": 60}[text.replace(/^[0-9.]+ /, "")] || 1;
      return head.align === "right" ? (isNaN(number) ? -Infinity : number * unit) : text.toLowerCase();
    };
    heads.forEach(other => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
    const body = table.tBodies[0];
    [...body.rows]
      .map(row => [key(row), row])
      .sort((a, b) => (a[0] < b[0] ? -sign : a[0] > b[0] ? sign : 0))
      .forEach(([, row]) => body.append(row));
  }));
});
// A link into a folded part opens it.
const unfold = () => {
  const goal = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = goal && goal.closest("details");
  if (fold) {
    fold.open = true;
    goal.scrollIntoView();
  }
};
addEventListener("hashchange", unfold);
unfold();
