/** What runs side by side, printed as it happens: lines of another topic than the last have its heading above them. */
export class Transcript {
	#topic = '';

	/** Prints lines of a topic; none print its heading alone. */
	print(topic: string, ...lines: readonly string[]): void {
		if (topic !== this.#topic) console.log(`\n${topic}`);
		this.#topic = topic;
		for (const line of lines) console.log(line);
	}
}

/** Runs cases one after the other, prints a line for each and counts them. */
export class Cases {
	passed = 0;
	failed = 0;
	#topic = '';
	readonly #transcript: Transcript;
	readonly #onFailure: (() => Promise<string | undefined>)[] = [];

	constructor(transcript: Transcript) {
		this.#transcript = transcript;
	}

	/** Something to do, and to tell, when a case has failed: a picture of the browser, the end of a log. */
	onFailure(tell: () => Promise<string | undefined>): void {
		this.#onFailure.push(tell);
	}

	/** Starts a topic: a heading in the output. */
	topic(title: string): void {
		this.#topic = title;
		this.#print();
	}

	/** Runs what is around cases, such as a topic, and gives its result; undefined where it fails, which counts as a failed case. */
	async guard<T>(title: string, around: () => Promise<T>): Promise<T | undefined> {
		try {
			return await around();
		} catch (error) {
			await this.#fail(title, Date.now(), error);
			return undefined;
		}
	}

	/** Runs one case. A failure is printed and counted, and the next case runs. */
	async run(title: string, body: () => Promise<void> | void): Promise<void> {
		const started = Date.now();
		try {
			await body();
			this.passed++;
			this.#print(`  ✓ ${title} (${seconds(started)})`);
		} catch (error) {
			await this.#fail(title, started, error);
		}
	}

	async #fail(title: string, started: number, error: unknown): Promise<void> {
		this.failed++;
		const lines = [
			`  ✗ ${title} (${seconds(started)})`,
			indented(error instanceof Error ? (error.stack ?? error.message) : String(error)),
		];
		for (const tell of this.#onFailure) {
			const told = await tell().catch(() => undefined);
			if (told !== undefined) lines.push(indented(told));
		}
		this.#print(...lines);
	}

	#print(...lines: readonly string[]): void {
		this.#transcript.print(this.#topic, ...lines);
	}
}

function seconds(started: number): string {
	return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

function indented(text: string): string {
	return text.replace(/^/gm, '      ');
}
