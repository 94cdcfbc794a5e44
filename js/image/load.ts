// A picture file of the learner's, as a grey picture of at most 240 rows and columns.
import { fitted, greyOf, type Plane } from "./picture";

/** Reads and scales a file; rejects where the browser can not read it as a picture. */
export async function pictureFrom(file: Blob): Promise<Plane> {
  const bitmap = await createImageBitmap(file);
  try {
    const [height, width] = fitted(bitmap.height, bitmap.width);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d", { willReadFrequently: true })!;
    context.fillStyle = "#fff"; // what is transparent becomes white
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, width, height);
    return greyOf(context.getImageData(0, 0, width, height).data, height, width);
  } finally {
    bitmap.close();
  }
}
