"use strict";
(() => {
  // ---- the table of results: sort by a column, in both directions ----
  const table = document.getElementById("results-table");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const value = (row, column) => {
    const cell = row.cells[column];
    const text = cell && cell.dataset.v;
    return text === undefined ? null : Number.isNaN(Number(text)) ? text : Number(text);
  };
  const sort = (column, direction) => {
    const sign = direction === "ascending" ? 1 : -1;
    const order = [...body.rows].sort((a, b) => {
      const x = value(a, column), y = value(b, column);
      if (x === null || y === null) return (x === null) - (y === null);
      return sign * (typeof x === "string" ? x.localeCompare(y, "en") : x - y);
    });
    body.append(...order);
    heads.forEach((h) => h.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", direction);
  };
  heads.forEach((head, column) => {
    if (!head.dataset.sort) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const first = head.dataset.sort === "up" ? "ascending" : "descending";
      const other = first === "ascending" ? "descending" : "ascending";
      sort(column, head.getAttribute("aria-sort") === first ? other : first);
    });
  });

  // ---- formulas that are wider than their card: scrolled by keyboard, too ----
  const reach = () => document.querySelectorAll(".formula").forEach((formula) => {
    if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
    else formula.removeAttribute("tabindex");
  });
  reach();
  addEventListener("resize", reach);

  // ---- commands: copy ----
  if (navigator.clipboard) {
    document.querySelectorAll(".command").forEach((block) => {
      const button = document.createElement("button");
      const heading = block.querySelector("h3");
      button.type = "button";
      button.textContent = "Copy";
      button.setAttribute("aria-label", "Copy the commands of " + heading.textContent);
      heading.append(button);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(block.querySelector("code").textContent);
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      });
    });
  }

  // ---- learning curves: by time or by epoch; a click on the legend shows or hides a line, pointing at it fades the others ----
  const curves = [...document.querySelectorAll(".curves")];
  const lines = (series) => curves.map((chart) => chart.querySelector('g[data-series="' + series + '"]'));
  document.querySelectorAll(".switch button").forEach((button, _, all) => {
    button.addEventListener("click", () => {
      curves.forEach((chart) => { chart.hidden = chart.dataset.axis !== button.dataset.axis; });
      all.forEach((b) => b.setAttribute("aria-pressed", String(b === button)));
    });
  });
  document.querySelectorAll(".legend button").forEach((button) => {
    button.addEventListener("click", () => {
      const shown = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(shown));
      lines(button.dataset.series).forEach((line) => line.classList.toggle("off", !shown));
    });
    const point = (on) => {
      curves.forEach((chart) => chart.classList.toggle("pointed", on));
      lines(button.dataset.series).forEach((line) => line.classList.toggle("front", on));
    };
    ["mouseenter", "focus"].forEach((event) => button.addEventListener(event, () => point(true)));
    ["mouseleave", "blur"].forEach((event) => button.addEventListener(event, () => point(false)));
  });
})();
