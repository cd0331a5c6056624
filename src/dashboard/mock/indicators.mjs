// Plain recomputations over the closes, good enough for a mock.
const round = (value) => (value === null ? null : Number(value.toFixed(6)));

export const averageOf = (length) => (closes) =>
  closes.length < length ? null : round(closes.slice(-length).reduce((sum, close) => sum + close, 0) / length);

export const exponentialOf = (length) => (closes) => {
  if (closes.length < length) return null;
  const recent = closes.slice(-length * 8);
  return round(recent.reduce((average, close) => average + (2 / (length + 1)) * (close - average), recent[0]));
};

export const strengthOf = (length) => (closes) => {
  if (closes.length <= length) return null;
  let gain = 0;
  let loss = 0;
  const recent = closes.slice(-length * 8);
  for (let i = 1; i < recent.length; i++) {
    const move = recent[i] - recent[i - 1];
    gain += (Math.max(move, 0) - gain) / length;
    loss += (Math.max(-move, 0) - loss) / length;
  }
  return gain + loss === 0 ? 50 : round((100 * gain) / (gain + loss));
};
