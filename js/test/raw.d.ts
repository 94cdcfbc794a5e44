// A file's text, as Vite gives it: TypeScript does not ask whether the vectors have been written yet.
declare module "*.json?raw" {
  const text: string;
  export default text;
}
