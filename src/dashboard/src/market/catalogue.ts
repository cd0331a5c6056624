/** What the engine offers. */
export interface Catalogue {
  readonly symbols: readonly string[];
  readonly channels: ReadonlySet<string>;
}

interface InstrumentsAnswer {
  instruments: { id: number; S: string }[];
  channels: string[];
  epoch: number;
}

/** Reads GET /v1/instruments. */
export async function fetchCatalogue(fetcher: typeof fetch = fetch): Promise<Catalogue> {
  const response = await fetcher('/v1/instruments', { cache: 'no-store' });
  if (!response.ok) throw new Error(`/v1/instruments answered ${response.status}`);
  const answer = (await response.json()) as InstrumentsAnswer;
  return {
    symbols: answer.instruments.map((instrument) => instrument.S).sort((a, b) => a.localeCompare(b)),
    channels: new Set(answer.channels),
  };
}
