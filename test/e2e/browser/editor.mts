import type { Locator, Page } from 'playwright-core';
import { exactly, type NodePanel } from './nodePanel.mts';
import { OWNER } from '../../../scripts/realN8n/rest.mts';

/** What a case before may have left open, such as a window, keeps clicks away for ever; a page loaded anew is free of it. */
export const IN_THE_WAY_MS = 15_000;

/** The addresses that n8n shows to somebody who has signed in. */
const SIGNED_IN = /\/(home|workflow)/;

/** A workflow as the list of all shows it. */
interface KnownWorkflow {
	readonly id: string;
	readonly name: string;
}

/** n8n's editor, in the words of somebody who uses it: signing in, the canvas, running. */
export class Editor {
	readonly page: Page;
	readonly #url: string;

	constructor(page: Page, url: string) {
		this.page = page;
		this.#url = url;
	}

	/** Signs the owner in by the form. */
	async signIn(): Promise<void> {
		const { page } = this;
		await page.goto(`${this.#url}/signin`);
		await page.locator('[name=emailOrLdapLoginId]').fill(OWNER.email);
		await page.locator('[name=password]').fill(OWNER.password);
		await page.getByTestId('form-submit-button').click();
		await page.waitForURL(SIGNED_IN);
	}

	/** Makes the page one of somebody who has signed in: the one whom the cookie of n8n's API belongs to. */
	async beSignedIn(cookie: string): Promise<void> {
		const [name, value] = cookie.split('=');
		await this.page.context().addCookies([{ name, value, url: this.#url }]);
	}

	/** Opens the list of all workflows, unless a page of somebody who has signed in is open already. */
	async start(cookie: string): Promise<void> {
		if (SIGNED_IN.test(this.page.url())) return;
		await this.beSignedIn(cookie);
		await this.page.goto(`${this.#url}/home/workflows`);
	}

	/** Opens a workflow from the list of all and waits for its nodes. */
	async openWorkflow({ id, name }: KnownWorkflow): Promise<void> {
		const { page } = this;
		try {
			await page.getByRole('menuitem', { name: 'Overview' }).click({ timeout: IN_THE_WAY_MS });
			const card = page.getByTestId('workflow-card-name').filter({ hasText: exactly(name) });
			await card.click({ timeout: IN_THE_WAY_MS });
		} catch {
			await page.goto(`${this.#url}/workflow/${id}`);
		}
		await page.waitForURL(`**/workflow/${id}*`);
		await this.#waitForNodes();
	}

	async #waitForNodes(): Promise<void> {
		await this.page.getByTestId('canvas-node').first().waitFor();
		await this.fitToCanvas();
	}

	async fitToCanvas(): Promise<void> {
		await this.page.getByTestId('zoom-to-fit').click();
	}

	/** The node of this name on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Opens the nodes panel behind the last node of the row. */
	async openNodesPanel(): Promise<void> {
		await this.page.getByTestId('canvas-handle-plus').last().click();
		await this.page.getByTestId('node-creator-search-bar').waitFor();
	}

	/** What the nodes panel finds. */
	foundNode(name: string): Locator {
		// n8n gives a node with several actions, which it shows next, the name of an action.
		return this.page
			.locator('[data-test-id=node-creator-node-item], [data-test-id=node-creator-action-item]')
			.filter({ hasText: name });
	}

	/** Clicks *Execute workflow* and waits for the message at its end, which it returns. */
	async executeWorkflow(): Promise<string> {
		await this.closeMessages();
		await this.page.getByTestId('execute-workflow-button').click();
		return await this.message();
	}

	/** Clicks *Execute step* in the open panel and waits for its end; the message that says so is closed. */
	async executeStep(panel: NodePanel): Promise<void> {
		await this.closeMessages();
		await panel.execute();
		await this.page
			.locator('.el-notification')
			.first()
			.waitFor({ timeout: 3000 })
			.catch(() => undefined);
		await this.closeMessages();
	}

	/** The text of the first message in the corner. */
	async message(): Promise<string> {
		const message = this.page.locator('.el-notification').first();
		await message.waitFor();
		return await message.innerText();
	}

	/** Closes the messages in the corner, which would cover what lies below them. */
	async closeMessages(): Promise<void> {
		const messages = this.page.locator('.el-notification');
		while ((await messages.count()) > 0) {
			await messages
				.first()
				.locator('.el-notification__closeBtn')
				.click({ timeout: 1000 })
				.catch(() => undefined);
			await this.page.waitForTimeout(100);
		}
	}
}
