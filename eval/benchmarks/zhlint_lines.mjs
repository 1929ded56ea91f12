// Reads a JSON list of texts from standard input and prints the list of what zhlint makes of each.
import { run } from "zhlint";

let input = "";
for await (const part of process.stdin) input += part;
const results = JSON.parse(input).map((text) => run(text, { rules: { preset: "default" } }).result);
process.stdout.write(JSON.stringify(results));
