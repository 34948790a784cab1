using Pharos.PromQL;

namespace Pharos.Server.Api.Ui;

/// <summary>When a series was there.</summary>
internal static class Presence
{
    /// <summary>The stretches of steps at which a row has a value, from the first step to the last of each; only steps that <paramref name="counts"/> are taken.</summary>
    public static IEnumerable<(int First, int Last)> Stretches(ResultRow row, int steps, Func<double, bool>? counts = null)
    {
        int first = -1;
        for (int step = 0; step < steps; step++)
        {
            bool isThere = row.Has(step) && (counts is null || counts(row.Values.Span[step]));
            if (isThere && first < 0)
            {
                first = step;
            }
            else if (!isThere && first >= 0)
            {
                yield return (first, step - 1);
                first = -1;
            }
        }

        if (first >= 0)
        {
            yield return (first, steps - 1);
        }
    }
}
