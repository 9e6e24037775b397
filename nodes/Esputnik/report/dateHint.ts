import type { NodeExecutionHint } from 'n8n-workflow';

interface Zones {
	readonly accountTimezone: string;
	readonly sourceTimezone: string;
	readonly offsetHandling: 'convert' | 'ignore';
}

interface Sample {
	readonly value: string;
	readonly occurred: string;
}

/** Tells how the dates of a run were written, with one example: a wrong hour would put an order on the wrong day for ever. */
export function dateHints(zones: Zones, samples: readonly Sample[]): NodeExecutionHint[] {
	if (samples.length === 0) return [];
	const { value, occurred } = samples[0];
	return [
		{
			message: `'Occurred': ${describeZones(zones)}. Example: '${value}' was written as ${occurred}.`,
			location: 'outputPane',
			type: 'info',
		},
	];
}

function describeZones({ accountTimezone, sourceTimezone, offsetHandling }: Zones): string {
	if (accountTimezone === '') return 'times were kept as they are written';
	const converted = `times were converted to ${accountTimezone}`;
	const withoutOffset =
		sourceTimezone === ''
			? 'those without an offset were kept as they are written'
			: `those without an offset were read as ${sourceTimezone}`;
	if (offsetHandling === 'convert') return `${converted}; ${withoutOffset}`;
	return sourceTimezone === ''
		? 'times were kept as they are written, offsets ignored'
		: `times were read as ${sourceTimezone}, offsets ignored, and converted to ${accountTimezone}`;
}
