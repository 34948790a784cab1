using System.Globalization;
using System.Text;
using Pharos.Dashboards.Variables;

namespace Pharos.Dashboards.Resolving;

/// <summary>The variables that only the one who asks a query can fill in: step and range. All in milliseconds.</summary>
/// <param name="StepMs">From step to step.</param>
/// <param name="ScrapeIntervalMs">Of the jobs behind the query.</param>
/// <param name="From">The start, since the Unix epoch.</param>
/// <param name="To">The end, since the Unix epoch.</param>
public sealed record QueryNames(long StepMs, long ScrapeIntervalMs, long From, long To)
{
    private const int ScrapesInRate = 4;

    /// <summary>The span that surely holds two samples at every step, with one scrape to spare.</summary>
    public long RateIntervalMs => Math.Max(StepMs + ScrapeIntervalMs, ScrapesInRate * ScrapeIntervalMs);

    /// <summary>The expression with these variables filled in, as <c>$name</c>, <c>${name}</c> and <c>[[name]]</c>; others stay.</summary>
    public string Replace(string expression)
    {
        var result = new StringBuilder(expression.Length + 16);
        int copied = 0;
        var scan = new VariableScan(expression);
        while (scan.MoveNext())
        {
            if (Find(scan.Name) is { } value)
            {
                result.Append(expression, copied, scan.Start - copied).Append(value);
                copied = scan.End;
            }
        }

        return copied == 0 ? expression : result.Append(expression, copied, expression.Length - copied).ToString();
    }

    private string? Find(string name) => name switch
    {
        "__interval" => IntervalText.Format(StepMs),
        "__interval_ms" => Number(StepMs),
        "__interval_s" => Number(Math.Max(StepMs / 1000, 1)),
        "__rate_interval" => IntervalText.Format(RateIntervalMs),
        "__rate_interval_ms" => Number(RateIntervalMs),
        "__range" => Number(Math.Max((To - From) / 1000, 1)) + "s",
        "__range_s" => Number(Math.Max((To - From) / 1000, 1)),
        "__range_ms" => Number(To - From),
        "__from" => Number(From),
        "__to" => Number(To),
        _ => null,
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
