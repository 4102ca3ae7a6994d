"use strict";
(() => {
  const result = JSON.parse(document.getElementById("comparison").textContent);
  const metric = result.metric;
  const trained = result.entries.filter((e) => !e.failure);
  const rows = trained.concat(result.floor, result.ceiling || []);
  const fixed = (v) => v.toFixed(4);

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

  // ---- charts ----
  if (typeof Chart === "undefined") return;
  const hues = ["#3f72d4", "#d9822b", "#c94f7c", "#2a9d8f", "#8a63d2", "#6a994e", "#c9a227", "#4aa3c7", "#a0713f",
    "#7d8597", "#b5a000", "#b04ec4", "#5b8c85", "#e07a5f"];
  const colour = (i) => hues[i % hues.length];
  const dash = (i) => (i < 7 ? [] : i < 14 ? [7, 4] : [2, 3]);
  const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const charts = [];
  let axis = "seconds";
  const hidden = new Set();

  const common = () => {
    Chart.defaults.locale = "en";
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 12;
    Chart.defaults.color = ink("soft");
    Chart.defaults.borderColor = ink("line");
    return { responsive: true, maintainAspectRatio: false, animation: false };
  };
  const tooltip = () => ({
    backgroundColor: ink("ink"), titleColor: ink("paper"), bodyColor: ink("paper"), displayColors: false, padding: 10,
  });
  const names = () => ({
    type: "category", offset: true, grid: { color: ink("line") }, border: { display: false },
    ticks: { color: ink("ink"), autoSkip: false },
  });
  const figures = (title) => ({
    type: "linear", beginAtZero: false, grace: "4%", grid: { display: false }, border: { color: ink("line") },
    title: { display: true, text: title }, ticks: { maxRotation: 0, maxTicksLimit: 8 },
  });
  // A row of a dot chart is as high whatever their number.
  const height = (canvas, n) => { canvas.parentNode.style.height = 80 + 27 * n + "px"; };

  const drawMetric = () => {
    const canvas = document.getElementById("chart-metric");
    height(canvas, rows.length);
    const shade = (e) => (e === trained[0] ? ink("accent") : e.kind === "LOSS" ? ink("ink") : ink("soft"));
    const range = (e) => e.intervals[metric] || { low: e.metrics[metric], high: e.metrics[metric] };
    charts.push(new Chart(canvas, {
      data: {
        labels: rows.map((e) => e.name),
        datasets: [
          { type: "line", data: rows.map((e, i) => ({ x: e.metrics[metric], y: e.name })), showLine: false,
            pointRadius: 5, pointHoverRadius: 6, pointBackgroundColor: rows.map(shade), pointBorderColor: ink("paper"),
            pointStyle: rows.map((e) => (e.kind === "LOSS" ? "circle" : "rectRot")) },
          { type: "bar", data: rows.map((e) => [range(e).low, range(e).high]), barThickness: 5, borderRadius: 3,
            borderSkipped: false, minBarLength: 2, backgroundColor: rows.map((e) => shade(e) + "66") },
          ...(result.seeds.length < 2 ? [] : result.seeds).map((_, k) => ({ type: "line", showLine: false, pointRadius: 2.5,
            pointHoverRadius: 2.5, pointBackgroundColor: ink("soft"), pointBorderColor: ink("soft"),
            data: rows.map((e) => ({ x: e.seeds[k] ? e.seeds[k].metrics[metric] : null, y: e.name })) })),
        ],
      },
      options: {
        ...common(), indexAxis: "y", scales: { x: figures(metric), y: names() },
        interaction: { mode: "index", axis: "y", intersect: false },
        plugins: { legend: { display: false }, tooltip: { ...tooltip(), filter: (item) => item.datasetIndex === 0,
          callbacks: { label: (item) => {
            const e = rows[item.dataIndex];
            return fixed(e.metrics[metric]) + "  (" + fixed(range(e).low) + " to " + fixed(range(e).high) + ")";
          } } } },
      },
    }));
  };

  const drawStrata = () => {
    const canvas = document.getElementById("chart-strata");
    const slices = rows.length ? rows[0].strata : [];
    if (!slices.length) { canvas.closest("figure").hidden = true; return; }
    height(canvas, rows.length + 1);
    const styles = ["circle", "rect", "triangle", "rectRot"];
    charts.push(new Chart(canvas, {
      type: "line",
      data: {
        labels: rows.map((e) => e.name),
        datasets: slices.map((s, k) => ({
          label: s.name, data: rows.map((e) => ({ x: e.strata[k].recall, y: e.name })), showLine: false,
          pointStyle: styles[k % styles.length], pointRadius: 5, pointHoverRadius: 6,
          pointBackgroundColor: colour(k), pointBorderColor: ink("paper"), backgroundColor: colour(k),
        })),
      },
      options: {
        ...common(), indexAxis: "y", scales: { x: { ...figures("share found"), beginAtZero: true }, y: names() },
        interaction: { mode: "index", axis: "y", intersect: false },
        plugins: {
          legend: { align: "start", labels: { usePointStyle: true, color: ink("ink") } },
          tooltip: { ...tooltip(), callbacks: { label: (item) => item.dataset.label + ": " + fixed(item.raw.x) } },
        },
      },
    }));
  };

  let curves = null;
  const drawCurves = () => {
    const canvas = document.getElementById("chart-curves");
    const shown = trained.filter((e) => e.curve.length);
    if (!shown.length) { canvas.closest("figure").hidden = true; return; }
    const points = (e) => e.curve.map((p) => ({ x: p[axis], y: p.validation }));
    curves = new Chart(canvas, {
      type: "line",
      data: { datasets: shown.map((e, i) => ({
        label: e.name, data: points(e), hidden: hidden.has(e.name), borderColor: colour(i), backgroundColor: colour(i),
        borderDash: dash(i), borderWidth: i === 0 ? 3 : 1.75, order: i,
        pointRadius: e.curve.map((p) => (p.epoch === e.bestEpoch ? 4 : 0)), pointHoverRadius: 5,
      })) },
      options: {
        ...common(),
        interaction: { mode: "nearest", intersect: false },
        scales: {
          x: { ...figures(axis === "seconds" ? "seconds of training, validation included" : "epoch"), min: 0, grace: 0 },
          y: { title: { display: true, text: metric }, border: { display: false }, grid: { color: ink("line") } },
        },
        plugins: { legend: { display: false }, tooltip: { ...tooltip(), callbacks: {
          title: (items) => items[0].dataset.label,
          label: (item) => {
            const p = shown[item.datasetIndex].curve[item.dataIndex];
            return "epoch " + p.epoch + ", " + p.seconds.toFixed(1) + " s: " + fixed(p.validation);
          },
        } } },
      },
    });
    charts.push(curves);
    drawLegend(shown);
  };

  // A legend of buttons: a click shows or hides a line, pointing at one lets the others step back.
  const drawLegend = (shown) => {
    const legend = document.getElementById("legend");
    if (legend.childNodes.length) return;
    shown.forEach((e, i) => {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      button.innerHTML = '<svg width="22" height="6" aria-hidden="true"><line x1="0" y1="3" x2="22" y2="3" stroke-width="3"/></svg>';
      button.querySelector("line").setAttribute("stroke", colour(i));
      button.querySelector("line").setAttribute("stroke-dasharray", dash(i).join(" "));
      button.append(e.name);
      button.addEventListener("click", () => {
        hidden.has(e.name) ? hidden.delete(e.name) : hidden.add(e.name);
        button.setAttribute("aria-pressed", String(!hidden.has(e.name)));
        curves.setDatasetVisibility(i, !hidden.has(e.name));
        curves.update();
      });
      const focus = (name) => {
        curves.data.datasets.forEach((d, k) => {
          const back = name !== null && d.label !== name;
          d.borderColor = d.backgroundColor = colour(k) + (back ? "30" : "");
          d.borderWidth = d.label === name || (name === null && k === 0) ? 3 : 1.75;
        });
        curves.update();
      };
      ["mouseenter", "focus"].forEach((on) => button.addEventListener(on, () => focus(e.name)));
      ["mouseleave", "blur"].forEach((off) => button.addEventListener(off, () => focus(null)));
      legend.append(button);
    });
  };

  document.querySelectorAll(".switch button").forEach((button, _, all) => {
    button.addEventListener("click", () => {
      axis = button.dataset.axis;
      all.forEach((b) => b.setAttribute("aria-pressed", String(b === button)));
      draw();
    });
  });

  const draw = () => {
    charts.splice(0).forEach((chart) => chart.destroy());
    [drawMetric, drawCurves, drawStrata].forEach((chart) => chart());
  };
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  addEventListener("beforeprint", () => charts.forEach((chart) => chart.resize()));
})();
