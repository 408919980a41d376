/**
 * The module `vscode` for tests, which exists only inside the editor.
 *
 * `editor` is what a test sets and sees; the rest is the part of the API that the extension
 * and the library of the protocol use.
 */

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

type Listener = (event: never) => unknown;

export interface Shown {
  readonly text: string;
  readonly actions: string[];
}

interface Document {
  readonly uri: Uri;
  readonly languageId: string;
  readonly version: number;
  readonly isClosed: boolean;
  readonly lineCount: number;
  getText(): string;
}

/** The editor around the extension. */
export const editor = {
  settings: {} as Record<string, unknown>,
  folders: [] as { name: string; uri: Uri }[],
  isTrusted: true,
  documents: [] as Document[],
  extensions: {} as Record<string, unknown>,
  /** Which button the user presses, if any. */
  press: undefined as string | undefined,
  // Seen from here on.
  messages: [] as Shown[],
  executed: [] as unknown[][],
  log: [] as string[],
  commands: new Map<string, (...words: unknown[]) => unknown>(),
  status: {} as Record<string, unknown>,
  diagnostics: new Map<string, unknown[]>(),
  listeners: new Map<string, Listener[]>(),

  reset(): void {
    this.settings = {};
    this.folders = [];
    this.isTrusted = true;
    this.documents = [];
    this.extensions = {};
    this.press = undefined;
    this.messages = [];
    this.executed = [];
    this.log = [];
    this.commands.clear();
    this.status = {};
    this.diagnostics.clear();
    this.listeners.clear();
  },

  /** Tells the extension that something has happened, and waits until it has dealt with it. */
  async fire(event: string, what?: unknown): Promise<void> {
    const listeners = this.listeners.get(event) ?? [];
    await Promise.all(listeners.map((listener) => (listener as (e: unknown) => unknown)(what)));
  },

  /** Changes settings as the user does. */
  async set(settings: Record<string, unknown>): Promise<void> {
    Object.assign(this.settings, settings);
    const changed = Object.keys(settings).map((key) => `ssmlint.${key}`);
    await this.fire("onDidChangeConfiguration", {
      affectsConfiguration: (section: string) =>
        changed.some((key) => key === section || key.startsWith(`${section}.`)),
    });
  },

  document(uri: string, languageId: string, text: string): Document {
    const lineCount = text.split("\n").length;
    const made = { uri: Uri.parse(uri), languageId, version: 1, isClosed: false, lineCount };
    return { ...made, getText: () => text };
  },
};

export class Uri {
  private constructor(private readonly text: string) {}
  static parse(text: string): Uri {
    return new Uri(text);
  }
  static file(path: string): Uri {
    return new Uri(pathToFileURL(path).href);
  }
  get scheme(): string {
    return this.text.split(":")[0] ?? "";
  }
  get path(): string {
    return decodeURIComponent(new URL(this.text).pathname);
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return this.text;
  }
}

export class Disposable {
  constructor(private readonly end: () => unknown = () => undefined) {}
  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const one of all) {
        one.dispose();
      }
    });
  }
  dispose(): void {
    this.end();
  }
}

export class EventEmitter {
  private listeners: ((event: unknown) => unknown)[] = [];
  event = (listener: (event: unknown) => unknown, self?: unknown): Disposable => {
    const bound = listener.bind(self);
    this.listeners.push(bound);
    return new Disposable(() => {
      this.listeners = this.listeners.filter((one) => one !== bound);
    });
  };
  fire(event: unknown): void {
    for (const listener of this.listeners) {
      listener(event);
    }
  }
  dispose(): void {
    this.listeners = [];
  }
}

export class CancellationTokenSource {
  readonly token = { isCancellationRequested: false, onCancellationRequested: happens("cancel") };
  cancel(): void {
    this.token.isCancellationRequested = true;
  }
  dispose(): void {
    this.cancel();
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(line: number, character: number, endLine: number, endCharacter: number) {
    this.start = new Position(line, character);
    this.end = new Position(endLine, endCharacter);
  }
}

export class Diagnostic {
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}

function happens(event: string) {
  return (listener: Listener, self?: unknown): Disposable => {
    const bound: Listener = listener.bind(self);
    const all = editor.listeners.get(event) ?? [];
    editor.listeners.set(event, [...all, bound]);
    return new Disposable(() => {
      const left = editor.listeners.get(event) ?? [];
      editor.listeners.set(
        event,
        left.filter((one) => one !== bound),
      );
    });
  };
}

/** Events that are not named are there to be listened to, and whatever is made does nothing. */
function rest<T extends object>(known: T): T {
  return new Proxy(known, {
    get(target, name): unknown {
      if (name in target || typeof name === "symbol") {
        return target[name as keyof T];
      }
      if (name.startsWith("onDid") || name.startsWith("onWill")) {
        return happens(name);
      }
      return /^(create|register)/.test(name) ? () => rest(new Disposable()) : undefined;
    },
  });
}

function note(text: unknown): void {
  editor.log.push(String(text));
}

async function message(text: string, ...actions: string[]): Promise<string | undefined> {
  editor.messages.push({ text, actions });
  return Promise.resolve(actions.find((action) => action === editor.press));
}

const output = rest({
  logLevel: 3,
  info: note,
  warn: note,
  error: note,
  debug: note,
  trace: note,
  append: note,
  appendLine: note,
  show: () => editor.executed.push(["output is shown"]),
  dispose: () => undefined,
});

const collection = {
  set: (uri: Uri, found: unknown[]) => editor.diagnostics.set(uri.toString(), found),
  delete: (uri: Uri) => editor.diagnostics.delete(uri.toString()),
  clear: () => {
    editor.diagnostics.clear();
  },
  dispose: () => undefined,
};

export const version = "1.91.0";

export const workspace = rest({
  get workspaceFolders() {
    return editor.folders.length === 0 ? undefined : editor.folders;
  },
  get isTrusted() {
    return editor.isTrusted;
  },
  get textDocuments() {
    return editor.documents;
  },
  notebookDocuments: [],
  getConfiguration: (section?: string) => ({
    get: (key: string, otherwise?: unknown) =>
      section === "ssmlint" ? (editor.settings[key] ?? otherwise) : otherwise,
  }),
  openTextDocument: ({ content }: { content: string }) =>
    Promise.resolve(editor.document("untitled:1", "plaintext", content)),
  createFileSystemWatcher: () => rest(new Disposable()),
  asRelativePath: String,
});

export const window = rest({
  visibleTextEditors: [],
  tabGroups: rest({ all: [] }),
  createOutputChannel: () => output,
  showErrorMessage: message,
  showWarningMessage: message,
  showInformationMessage: message,
  showTextDocument: (document: Document) => {
    editor.executed.push(["text is shown", document.getText()]);
    return Promise.resolve();
  },
});

export const commands = {
  registerCommand: (name: string, action: (...words: unknown[]) => unknown) => {
    editor.commands.set(name, action);
    return new Disposable(() => editor.commands.delete(name));
  },
  executeCommand: (...words: unknown[]) => {
    editor.executed.push(words);
    return Promise.resolve(editor.commands.get(String(words[0]))?.());
  },
};

export const languages = rest({
  match: () => 10,
  createDiagnosticCollection: () => collection,
  createLanguageStatusItem: () => {
    editor.status = { dispose: () => undefined };
    return editor.status;
  },
});

export const extensions = rest({
  all: [],
  getExtension: (name: string) => editor.extensions[name],
});

export const env = rest({ appName: "test", language: "en" });

export const LanguageStatusSeverity = { Information: 0, Warning: 1, Error: 2 };

/** A class with whatever static members it is asked for. */
function withStatics(made: object): object {
  return new Proxy(made, {
    get: (target, name) => (name in target ? Reflect.get(target, name) : ANYTHING) as unknown,
  });
}

/** May be called, and has any member: itself. */
const ANYTHING: object = new Proxy(() => undefined, {
  get: (_, name) => (typeof name === "symbol" || name === "then" ? undefined : ANYTHING),
  apply: () => ANYTHING,
});

/**
 * Adds the classes, enumerations and namespaces of the declarations that are not above: the
 * library of the protocol derives from many of them when it is loaded.
 */
export function complete(declarations: string): Record<string, unknown> {
  const text = readFileSync(declarations, "utf8").replace(/\/\*[^]*?\*\//g, "");
  const all: Record<string, unknown> = {};
  for (const [, name = ""] of text.matchAll(/export class (\w+)/g)) {
    all[name] = withStatics(class extends Object {});
  }
  for (const [, name = "", body = ""] of text.matchAll(/export enum (\w+) \{([^}]*)\}/g)) {
    const members = [...body.matchAll(/(\w+)\s*(?:=\s*(-?\d+))?/g)];
    all[name] = Object.fromEntries(
      members.map(([, member, value], place) => [member, Number(value ?? place)]),
    );
  }
  for (const [, name = ""] of text.matchAll(/export namespace (\w+)/g)) {
    all[name] = rest({});
  }
  return all;
}
