/** What the people and products of one market are called, and what its orders look like. */
export interface Market {
	readonly currency: string;
	readonly phonePrefix: string;
	/** A name as the customer writes it, and the letters it has in an e-mail address. */
	readonly firstNames: readonly (readonly [written: string, latin: string])[];
	readonly lastNames: readonly (readonly [written: string, latin: string])[];
	readonly cities: readonly string[];
	/** Name, category and price of one piece. */
	readonly products: readonly (readonly [name: string, category: string, price: number])[];
}

export const MARKETS: readonly Market[] = [
	{
		currency: 'UAH',
		phonePrefix: '+38067',
		firstNames: [
			['Олена', 'olena'],
			['Андрій', 'andrii'],
			['Юлія', 'yuliia'],
			['Тарас', 'taras'],
			['Софія', 'sofiia'],
			['Дмитро', 'dmytro'],
			['Оксана', 'oksana'],
			['Богдан', 'bohdan'],
			['Ганна', 'hanna'],
			['Ігор', 'ihor'],
		],
		lastNames: [
			['Шевченко', 'shevchenko'],
			['Коваленко', 'kovalenko'],
			['Бондаренко', 'bondarenko'],
			['Мельник', 'melnyk'],
			['Кравчук', 'kravchuk'],
			['Олійник', 'oliinyk'],
			['Ткаченко', 'tkachenko'],
			['Гнатюк', 'hnatiuk'],
			['Щербак', 'shcherbak'],
			['Поліщук', 'polishchuk'],
		],
		cities: ['Київ', 'Львів', 'Одеса', 'Харків', 'Дніпро', 'Івано-Франківськ', 'Чернівці'],
		products: [
			['Чай «Карпатський», 100 г', 'Чай', 129],
			['Кава в зернах, 1 кг', 'Кава', 549.5],
			['Мед акацієвий, 0,5 л', 'Мед', 210],
			['Вишиванка жіноча', 'Одяг', 1890],
			['Термос 0,75 л', 'Посуд', 799],
			['Свічка соєва', 'Дім', 245.9],
			['Рушник лляний', 'Дім', 320],
			['Шоколад чорний 72 %', 'Солодощі', 95.4],
		],
	},
	{
		currency: 'PLN',
		phonePrefix: '+48501',
		firstNames: [
			['Łucja', 'lucja'],
			['Michał', 'michal'],
			['Zofia', 'zofia'],
			['Błażej', 'blazej'],
			['Agnieszka', 'agnieszka'],
			['Grzegorz', 'grzegorz'],
			['Małgorzata', 'malgorzata'],
			['Paweł', 'pawel'],
		],
		lastNames: [
			['Wójcik', 'wojcik'],
			['Kamińska', 'kaminska'],
			['Zieliński', 'zielinski'],
			['Dąbrowska', 'dabrowska'],
			['Wiśniewski', 'wisniewski'],
			['Jabłońska', 'jablonska'],
			['Gąsior', 'gasior'],
			['Pawłowski', 'pawlowski'],
		],
		cities: ['Warszawa', 'Łódź', 'Kraków', 'Wrocław', 'Gdańsk', 'Poznań', 'Białystok'],
		products: [
			['Herbata czarna 100 g', 'Herbata', 24.9],
			['Kawa ziarnista 1 kg', 'Kawa', 89],
			['Miód lipowy 400 g', 'Miód', 34.5],
			['Kubek ceramiczny „Żubr”', 'Naczynia', 49.99],
			['Świeca zapachowa', 'Dom', 39],
			['Ręcznik kąpielowy', 'Dom', 64.9],
			['Czekolada gorzka 70 %', 'Słodycze', 12.5],
		],
	},
	{
		currency: 'GBP',
		phonePrefix: '+447700',
		firstNames: [
			['Emma', 'emma'],
			['Oliver', 'oliver'],
			['Charlotte', 'charlotte'],
			['George', 'george'],
			['Amelia', 'amelia'],
			['Harry', 'harry'],
			['Zoë', 'zoe'],
			['Thomas', 'thomas'],
		],
		lastNames: [
			['Smith', 'smith'],
			['Taylor', 'taylor'],
			['Evans', 'evans'],
			['Walker', 'walker'],
			['Wright', 'wright'],
			['Hughes', 'hughes'],
			['Clarke', 'clarke'],
			['Bennett', 'bennett'],
		],
		cities: ['London', 'Manchester', 'Bristol', 'Leeds', 'Edinburgh', 'Cardiff'],
		products: [
			['Black tea "Morning", 100 g', 'Tea', 5.4],
			['Coffee beans, 1 kg', 'Coffee', 18.5],
			['Acacia honey, 340 g', 'Honey', 7.95],
			['Vacuum flask, 0.75 l', 'Kitchen', 24],
			['Soy candle', 'Home', 11.9],
			['Linen towel', 'Home', 14.5],
			['Dark chocolate 72%', 'Sweets', 2.8],
		],
	},
];
