using System.Globalization;

namespace LowLatency.Core.Agents;

/// <summary>How people write sets of CPUs: <c>0-3,8</c>.</summary>
public static class CpuList
{
    /// <summary>Writes a set.</summary>
    /// <param name="cpus">Numbers, ascending.</param>
    public static string Format(IReadOnlyList<int> cpus)
    {
        ArgumentNullException.ThrowIfNull(cpus);
        var parts = new List<string>();
        for (int i = 0; i < cpus.Count;)
        {
            int first = i;
            do i++;
            while (i < cpus.Count && cpus[i] == cpus[i - 1] + 1);
            string from = cpus[first].ToString(CultureInfo.InvariantCulture);
            parts.Add(i - first == 1 ? from : string.Create(CultureInfo.InvariantCulture, $"{from}-{cpus[i - 1]}"));
        }

        return string.Join(',', parts);
    }
}
