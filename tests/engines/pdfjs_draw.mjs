// pdf.js, the engine of Firefox: run by node with FOLDER SOURCE TARGET PAGE DPI; draws a page with its fields as PNG.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, source, target, page, dpi] = process.argv.slice(2);
const require = createRequire(path.join(folder, "package.json"));
const { createCanvas } = require("@napi-rs/canvas");
const pdfjs = await import(pathToFileURL(path.join(folder, "legacy/build/pdf.mjs")));
const document = await pdfjs.getDocument({
  data: new Uint8Array(fs.readFileSync(source)),
  standardFontDataUrl: path.join(folder, "standard_fonts") + path.sep,
  verbosity: 0,
}).promise;
const shown = await document.getPage(Number(page));
const viewport = shown.getViewport({ scale: Number(dpi) / 72 });
const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
await shown.render({ canvas, canvasContext: canvas.getContext("2d"), viewport, background: "white" }).promise;
fs.writeFileSync(target, canvas.toBuffer("image/png"));
await document.destroy();
