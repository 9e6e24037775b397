import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Pictures of what a user sees, for the README and docs/. */
export class Pictures {
	readonly folder: string;

	/** @param folder where they go: docs/pictures to refresh them, a temporary folder otherwise */
	constructor(folder: string) {
		this.folder = folder;
	}

	/** Takes a picture of the open panel of a node. */
	async takePanel(page: Page, name: string): Promise<void> {
		const box = await page.getByTestId('ndv').boundingBox();
		await this.take(page, name, box ?? undefined);
	}

	/** Takes a picture of the page, or of a part of it. */
	async take(
		page: Page,
		name: string,
		part?: { x: number; y: number; width: number; height: number },
	): Promise<void> {
		await mkdir(this.folder, { recursive: true });
		// The caret would blink in one picture and not in the next.
		await page.screenshot({
			path: join(this.folder, `${name}.png`),
			animations: 'disabled',
			caret: 'hide',
			...(part ? { clip: part } : {}),
		});
	}
}
