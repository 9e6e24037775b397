/** Runs cases one after the other, prints a line for each and counts them. */
export class Cases {
	passed = 0;
	failed = 0;
	readonly #onFailure: (() => Promise<string | undefined>)[] = [];

	/** Something to do, and to tell, when a case has failed: a picture of the browser, the end of a log. */
	onFailure(tell: () => Promise<string | undefined>): void {
		this.#onFailure.push(tell);
	}

	/** Starts a topic: a heading in the output. */
	topic(title: string): void {
		console.log(`\n${title}`);
	}

	/** Runs a topic; what fails outside its cases counts as a failed case. */
	async guard(title: string, topic: () => Promise<void>): Promise<void> {
		try {
			await topic();
		} catch (error) {
			await this.#fail(title, Date.now(), error);
		}
	}

	/** Runs one case. A failure is printed and counted, and the next case runs. */
	async run(title: string, body: () => Promise<void>): Promise<void> {
		const started = Date.now();
		try {
			await body();
			this.passed++;
			console.log(`  ✓ ${title} (${seconds(started)})`);
		} catch (error) {
			await this.#fail(title, started, error);
		}
	}

	async #fail(title: string, started: number, error: unknown): Promise<void> {
		this.failed++;
		console.log(`  ✗ ${title} (${seconds(started)})`);
		console.log(indented(error instanceof Error ? (error.stack ?? error.message) : String(error)));
		for (const tell of this.#onFailure) {
			const told = await tell().catch(() => undefined);
			if (told !== undefined) console.log(indented(told));
		}
	}
}

function seconds(started: number): string {
	return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

function indented(text: string): string {
	return text.replace(/^/gm, '      ');
}
