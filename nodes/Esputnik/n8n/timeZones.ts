import type { INodePropertyOptions } from 'n8n-workflow';

/** Names that ICU, and so Node.js, still lists in place of the ones that IANA gave the zones since. */
const RENAMED: Readonly<Record<string, string>> = {
	'Africa/Asmera': 'Africa/Asmara',
	'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
	'America/Catamarca': 'America/Argentina/Catamarca',
	'America/Coral_Harbour': 'America/Atikokan',
	'America/Cordoba': 'America/Argentina/Cordoba',
	'America/Godthab': 'America/Nuuk',
	'America/Indianapolis': 'America/Indiana/Indianapolis',
	'America/Jujuy': 'America/Argentina/Jujuy',
	'America/Louisville': 'America/Kentucky/Louisville',
	'America/Mendoza': 'America/Argentina/Mendoza',
	'Asia/Calcutta': 'Asia/Kolkata',
	'Asia/Katmandu': 'Asia/Kathmandu',
	'Asia/Rangoon': 'Asia/Yangon',
	'Asia/Saigon': 'Asia/Ho_Chi_Minh',
	'Atlantic/Faeroe': 'Atlantic/Faroe',
	'Europe/Kiev': 'Europe/Kyiv',
	'Pacific/Enderbury': 'Pacific/Kanton',
	'Pacific/Ponape': 'Pacific/Pohnpei',
	'Pacific/Truk': 'Pacific/Chuuk',
};

/** The zones that this Node.js knows, by name, for a menu. */
export function timeZoneChoices(): INodePropertyOptions[] {
	const zones = new Set(['UTC']);
	for (const zone of Intl.supportedValuesOf('timeZone')) zones.add(currentName(zone));
	return [...zones].sort().map((zone) => ({ name: zone, value: zone }));
}

function currentName(zone: string): string {
	const renamed = Object.hasOwn(RENAMED, zone) ? RENAMED[zone] : zone;
	return isKnown(renamed) ? renamed : zone;
}

function isKnown(zone: string): boolean {
	try {
		return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}
