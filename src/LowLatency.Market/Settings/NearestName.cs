namespace LowLatency.Market.Settings;

/// <summary>Finds what somebody probably meant.</summary>
public static class NearestName
{
    // Shorter beginnings say too little.
    private const int ShortestBeginning = 3;

    /// <summary>
    /// The candidate with the smallest edit distance, when that is small enough to be a slip; else the only one that begins with what was written; null
    /// otherwise.
    /// </summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">What there is.</param>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = Math.Max(2, name.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            int distance = Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance >= bestDistance) continue;
            bestDistance = distance;
            best = candidate;
        }

        return best ?? OnlyOneThatBeginsWith(name, candidates);
    }

    // cooldown for cooldown_seconds: a unit, or the rest of a word, is left out.
    private static string? OnlyOneThatBeginsWith(string name, IEnumerable<string> candidates)
    {
        if (name.Length < ShortestBeginning) return null;
        string[] found = [.. candidates.Where(c => c.StartsWith(name, StringComparison.OrdinalIgnoreCase)).Distinct().Take(2)];
        return found.Length == 1 ? found[0] : null;
    }

    // Levenshtein: the fewest insertions, deletions and replacements that turn one into the other.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
