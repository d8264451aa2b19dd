// What pdf.js sees of a file: its annotations, and those it draws by their own appearance.
// node seen_by_pdfjs.mjs FOLDER_OF_PDFJS FILE
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

console.log = console.warn = () => {}; // it would speak where the answer goes
const [folder, file] = process.argv.slice(2);
const place = join(folder, "legacy", "build");
const pdfjs = await import(pathToFileURL(join(place, "pdf.mjs")).href);
pdfjs.GlobalWorkerOptions.workerSrc = pathToFileURL(join(place, "pdf.worker.mjs")).href;
const data = new Uint8Array(await readFile(file));
const paper = await pdfjs.getDocument({ data, verbosity: 0, useSystemFonts: false }).promise;
const seen = [];
for (let number = 1; number <= paper.numPages; number += 1) {
  const page = await paper.getPage(number);
  const operators = await page.getOperatorList({ annotationMode: pdfjs.AnnotationMode.ENABLE });
  const drawn = new Set();
  operators.fnArray.forEach((name, at) => {
    if (name === pdfjs.OPS.beginAnnotation) drawn.add(operators.argsArray[at][0]);
  });
  for (const one of await page.getAnnotations()) {
    seen.push({
      page: number - 1,
      kind: one.subtype,
      rect: one.rect,
      author: one.titleObj?.str ?? "",
      text: one.contentsObj?.str ?? "",
      answers: one.inReplyTo ?? "",
      id: one.id,
      is_drawn: drawn.has(one.id),
    });
  }
}
process.stdout.write(JSON.stringify(seen));
await paper.destroy();
