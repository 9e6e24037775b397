import type { Locator, Page, Response } from 'playwright-core';
import { z } from 'zod';
import { clickUntil } from '../browser/clickUntil.mts';
import { IN_THE_WAY_MS, type Editor } from '../browser/editor.mts';
import type { Pictures } from '../browser/pictures.mts';

const TestResult = z.object({
	data: z.object({ status: z.enum(['OK', 'Error']), message: z.string() }),
});

/** What a field is called in the saved credential → what is typed. */
export type Fields = Readonly<Record<string, string>>;

/** The window in which n8n shows a credential. */
export class CredentialDialog {
	readonly #page: Page;

	constructor(page: Page) {
		this.#page = page;
	}

	/**
	 * Makes a new credential by *Create credential* on the overview.
	 *
	 * @param type as listed
	 */
	static async create(page: Page, url: string, type: string): Promise<CredentialDialog> {
		const create = page.getByRole('button', { name: 'Create credential' });
		try {
			const close = page.locator('.el-dialog:visible .el-dialog__headerbtn');
			if (await close.isVisible()) await close.click({ timeout: IN_THE_WAY_MS });
			await close.waitFor({ state: 'hidden', timeout: IN_THE_WAY_MS });
			await create.click({ timeout: page.url().startsWith(url) ? IN_THE_WAY_MS : 1 });
		} catch {
			// n8n tests a credential only once it knows which node can.
			const nodeTypes = page.waitForResponse((one) => one.url().includes('/types/nodes.json'));
			await Promise.all([nodeTypes, page.goto(`${url}/home/credentials`)]);
			await create.click();
		}
		await page.getByTestId('new-credential-type-select').locator('input').fill(type);
		await page
			.locator('.el-select-dropdown__item:visible')
			.filter({ hasText: type })
			.first()
			.click();
		await page.getByTestId('new-credential-type-button').click();
		return new CredentialDialog(page);
	}

	field(name: string): Locator {
		return this.#page.getByTestId(`parameter-input-${name}`).locator('input').first();
	}

	async fill(fields: Fields): Promise<void> {
		for (const [name, text] of Object.entries(fields)) await this.field(name).fill(text);
	}

	/** Types into fields and clicks *Save*, after which n8n tests the credential. Gives the text that the window then shows. */
	async save(fields: Fields): Promise<string> {
		await this.fill(fields);
		return await this.#tested(this.#page.getByTestId('credential-save-button'));
	}

	/** Clicks *Retry*. */
	async retry(): Promise<string> {
		return await this.#tested(
			this.#page.getByRole('button', { name: 'Retry' }).filter({ visible: true }),
		);
	}

	/** Takes a picture of the window, without the messages in the corner. */
	async picture(editor: Editor, pictures: Pictures, name: string): Promise<void> {
		await editor.closeMessages();
		const box = await this.#page.locator('.el-dialog:visible').boundingBox();
		await pictures.take(this.#page, name, box ?? undefined);
	}

	/** Clicks *Connect* and gives the window that opens. */
	async connect(): Promise<Page> {
		const [popup] = await Promise.all([
			this.#page.waitForEvent('popup'),
			this.#page.getByRole('button', { name: 'Connect', exact: true }).click(),
		]);
		return popup;
	}

	/** Clicks what lets n8n test the credential, and gives the text that the window then shows. */
	async #tested(button: Locator): Promise<string> {
		const response = await this.#answerTo(button);
		const { data } = TestResult.parse(await response.json());
		const text =
			data.status === 'OK' ? 'Connection tested successfully' : await this.#details(data.message);
		await this.#page.getByText(text, { exact: true }).filter({ visible: true }).waitFor();
		return text;
	}

	async #answerTo(button: Locator): Promise<Response> {
		const answer = this.#page.waitForResponse((one) =>
			one.url().endsWith('/rest/credentials/test'),
		);
		return await clickUntil(button, answer);
	}

	/** An error's details may be folded up. */
	async #details(message: string): Promise<string> {
		const more = this.#page.getByText('More details');
		await more
			.or(this.#page.getByText(message, { exact: true }))
			.first()
			.waitFor();
		if (await more.isVisible()) await more.click();
		return message;
	}
}
