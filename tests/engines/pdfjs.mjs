// pdf.js, the engine of Firefox: run by node with FOLDER SOURCE TARGET and strokes as JSON on standard input.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, source, target] = process.argv.slice(2);
const pdfjs = await import(pathToFileURL(path.join(folder, "legacy/build/pdf.mjs")));
const strokes = JSON.parse(fs.readFileSync(0, "utf8"));
const options = {
  data: new Uint8Array(fs.readFileSync(source)),
  standardFontDataUrl: path.join(folder, "standard_fonts") + path.sep,
  verbosity: 0,
};
const document = await pdfjs.getDocument(options).promise;

const inside = ([left, bottom, right, top], { x, y }) => left <= x && x <= right && bottom <= y && y <= top;

for (const stroke of strokes) {
  const page = await document.getPage(stroke.page + 1);
  const widgets = (await page.getAnnotations({ intent: "display" })).filter((each) => each.fieldName);
  const widget = widgets.find((each) => inside(each.rect, stroke));
  if (!widget) throw new Error(`no widget for ${stroke.name}`);
  const isBox = stroke.kind === "check" || stroke.kind === "radio";
  document.annotationStorage.setValue(widget.id, { value: isBox ? true : stroke.text });
}
fs.writeFileSync(target, await document.saveDocument());
await document.destroy();
