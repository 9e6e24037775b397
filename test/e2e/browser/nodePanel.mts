import type { Locator, Page } from 'playwright-core';

/** The panel of one node: its input, its parameters and settings, its output. */
export class NodePanel {
	readonly #page: Page;
	readonly root: Locator;

	constructor(page: Page) {
		this.#page = page;
		this.root = page.getByTestId('ndv');
	}

	/** Opens the panel of a node on the canvas. */
	static async open(page: Page, node: Locator): Promise<NodePanel> {
		await node.dblclick();
		return await NodePanel.opened(page);
	}

	/** The panel that has opened by itself, or soon will. */
	static async opened(page: Page): Promise<NodePanel> {
		const panel = new NodePanel(page);
		await panel.root.waitFor();
		return panel;
	}

	/** The names of the parameters that are shown, from top to bottom. */
	async shownParameters(): Promise<string[]> {
		const shown = this.root.locator('[data-test-id^="parameter-input-"]:visible');
		const ids = await shown.evaluateAll((found) => found.map((one) => one.dataset.testId ?? ''));
		return ids.map((id) => id.slice('parameter-input-'.length)).filter((id) => id !== 'field');
	}

	async close(): Promise<void> {
		await this.#page.getByTestId('ndv-close-button').click();
		await this.root.waitFor({ state: 'hidden' });
	}

	/** The field of a parameter. */
	parameter(name: string): Locator {
		return this.root.getByTestId(`parameter-input-${name}`).first();
	}

	/** Drags a field of the input panel into a parameter or another place, and waits for the expression that this writes. */
	async dragField(field: string, to: string | Locator): Promise<void> {
		const from = this.root
			.getByTestId('ndv-input-panel')
			.locator(`[data-name="${field}"][data-target="mappable"]`)
			.first();
		const target = typeof to === 'string' ? this.parameter(to) : to;
		const written = this.root.locator('.cm-line', { hasText: field });
		const before = await written.count();
		await target.scrollIntoViewIfNeeded();
		const [x, y] = await middle(from);
		const { mouse } = this.#page;
		await mouse.move(x, y);
		await mouse.down();
		await mouse.move(x + 40, y + 10, { steps: 4 });
		const [toX, toY] = await middle(target);
		await mouse.move(toX, toY, { steps: 10 });
		await mouse.up();
		await written.nth(before).waitFor();
	}

	/** Runs the nodes before this one, so that the input panel shows fields. */
	async executePreviousNodes(): Promise<void> {
		await this.root.getByTestId('ndv-input-panel').getByText('Execute previous nodes').click();
		await this.root.locator('[data-target="mappable"]').first().waitFor();
	}

	/** Opens the list of a parameter with choices and gives its entries. */
	async openChoices(name: string): Promise<Locator> {
		await this.parameter(name).click();
		const entries = this.#page.locator('.el-select-dropdown__item:visible');
		await entries.first().waitFor();
		return entries;
	}

	/** Chooses an entry by its label. */
	async choose(name: string, label: string): Promise<void> {
		const entries = await this.openChoices(name);
		await entries
			.filter({ hasText: new RegExp(`^\\s*${escaped(label)}\\s*`) })
			.first()
			.click();
		await entries.first().waitFor({ state: 'hidden' });
	}

	/** Looks for an entry of a long list by a part of its label, as typed on the keyboard, and chooses it. */
	async searchAndChoose(name: string, part: string, label: string): Promise<void> {
		const entries = await this.openChoices(name);
		await this.#page.keyboard.type(part);
		await entries.filter({ hasText: exactly(label) }).click();
		await entries.first().waitFor({ state: 'hidden' });
	}

	/** The labels of a parameter's choices, as listed. */
	async choices(name: string): Promise<string[]> {
		const entries = await this.openChoices(name);
		const texts = await entries.allInnerTexts();
		await this.#page.keyboard.press('Escape');
		await entries.first().waitFor({ state: 'hidden' });
		return texts.map((text) => text.split('\n')[0]);
	}

	/** Opens the list of event types. */
	async openEventTypes(): Promise<Locator> {
		await this.parameter('eventTypeKey').getByTestId('rlc-input').click();
		const entries = this.#page.getByTestId('rlc-item');
		await entries.first().waitFor();
		return entries;
	}

	/** Enters the key of an event type that is not in the list. */
	async typeEventType(key: string): Promise<void> {
		const parameter = this.parameter('eventTypeKey');
		await parameter.getByTestId('rlc-mode-selector').click();
		await this.#page.getByTestId('mode-id').click();
		await parameter.getByTestId('rlc-input-container').locator('input').last().fill(key);
	}

	/** Types a text into a parameter. */
	async type(name: string, text: string): Promise<void> {
		await this.parameter(name).locator('input, textarea').first().fill(text);
	}

	/** Replaces the text of a code editor. */
	async typeCode(name: string, text: string): Promise<void> {
		await this.parameter(name).locator('.cm-content').click();
		await this.#page.keyboard.press('ControlOrMeta+A');
		await this.#page.keyboard.insertText(text);
	}

	/** Switches a parameter on or off. */
	async toggle(name: string): Promise<void> {
		await this.parameter(name).locator('.el-switch, [role=switch]').first().click();
	}

	/** The labels under *Add Option*. */
	async openOptions(): Promise<Locator> {
		await this.root.getByTestId('collection-parameter-add').click();
		const entries = this.#page.locator('.el-select-dropdown__item:visible');
		await entries.first().waitFor();
		return entries;
	}

	async addOption(label: string): Promise<void> {
		const entries = await this.openOptions();
		await entries.filter({ hasText: exactly(label) }).click();
	}

	async openSettings(): Promise<void> {
		await this.root.getByTestId('tab-settings').click();
	}

	async openParameters(): Promise<void> {
		await this.root.getByTestId('tab-params').click();
	}

	/** Clicks *Execute step* and waits until the button can be clicked again. */
	async execute(): Promise<void> {
		const button = this.root.getByTestId('node-execute-button');
		await button.click();
		await button.filter({ hasText: 'Execute step' }).waitFor();
	}

	get output(): Locator {
		return this.root.getByTestId('output-panel');
	}
}

async function middle(of: Locator): Promise<[x: number, y: number]> {
	const box = await of.boundingBox();
	if (box === null) throw new Error('This place is not visible.');
	return [box.x + box.width / 2, box.y + box.height / 2];
}

/** A text as the whole of what an element shows. */
export function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${escaped(text)}\\s*$`);
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
