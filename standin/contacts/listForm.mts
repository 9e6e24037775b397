/** A list, or its only element where the vendor's API would collapse it. */
export function listOf(list: readonly object[], form: 'array' | 'object'): unknown {
	return form === 'object' && list.length === 1 ? list[0] : list;
}
