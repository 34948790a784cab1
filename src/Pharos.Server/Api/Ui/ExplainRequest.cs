using System.Globalization;

namespace Pharos.Server.Api.Ui;

/// <summary>What is to be explained: a query at one time, or over a range. Times are milliseconds since the Unix epoch.</summary>
/// <param name="Query">The text.</param>
/// <param name="From">The time, or the first step.</param>
/// <param name="To">The time, or the end, inclusive.</param>
/// <param name="StepMs">0 for one time.</param>
internal sealed record ExplainRequest(string Query, long From, long To, long StepMs)
{
    private const int MaxBytes = 1 << 20;
    private const long MaxSteps = 11_000;
    private const double MaxStep = 1e15;

    private static readonly string[] Names = ["query", "time", "from", "to", "step"];

    /// <summary>Reads the parameters of the address, or the members of the body of a POST.</summary>
    /// <exception cref="UiRequestException">Something is missing, no time, or too much.</exception>
    public static async Task<ExplainRequest> ReadAsync(HttpContext context, TimeProvider clock)
    {
        if (HttpMethods.IsPost(context.Request.Method))
        {
            UiBody body = await UiBody.ReadAsync(context, MaxBytes).ConfigureAwait(false);
            return Of(body.OptionalText("query"), name => body.OptionalNumber(name), clock);
        }

        IQueryCollection address = context.Request.Query;
        foreach (string name in Names)
        {
            if (address[name].Count > 1)
            {
                throw UiRequest.Expected(name, "one value");
            }
        }

        return Of(address["query"].ToString(), name => Number(address[name].ToString(), name), clock);
    }

    private static ExplainRequest Of(string? query, Func<string, double?> number, TimeProvider clock)
    {
        if (string.IsNullOrEmpty(query))
        {
            throw UiRequest.Expected("query", "an expression");
        }

        if (number("from") is null && number("to") is null && number("step") is null)
        {
            long time = Time(number, "time") ?? clock.GetUtcNow().ToUnixTimeMilliseconds();
            return new ExplainRequest(query, time, time, 0);
        }

        if (number("time") is not null)
        {
            throw UiRequest.Expected("time", "nothing where from, to and step are given");
        }

        long from = Time(number, "from") ?? throw UiRequest.Expected("from", "milliseconds since the Unix epoch");
        long to = Time(number, "to") ?? throw UiRequest.Expected("to", "milliseconds since the Unix epoch");
        double step = number("step") is >= 1 and <= MaxStep and { } given ? Math.Floor(given) : throw UiRequest.Expected("step", "milliseconds, at least 1");
        if (to < from)
        {
            throw UiRequest.Expected("from", "a time that is not after to");
        }

        if ((to - from) / step > MaxSteps)
        {
            throw UiRequest.Expected("step", string.Create(CultureInfo.InvariantCulture, $"a step that gives at most {MaxSteps} points"));
        }

        return new ExplainRequest(query, from, to, (long)step);
    }

    private static long? Time(Func<string, double?> number, string name)
    {
        if (number(name) is not { } time)
        {
            return null;
        }

        return time >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && time <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? (long)time
            : throw UiRequest.Expected(name, "milliseconds since the Unix epoch");
    }

    private static double? Number(string text, string name)
    {
        if (text.Length == 0)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw UiRequest.Expected(name, "a number");
    }
}
