using System.Globalization;
using System.Text.Json;

namespace Pharos.Server.Api.Ui;

/// <summary>The range of time that a page shows.</summary>
/// <param name="From">Milliseconds since the Unix epoch.</param>
/// <param name="To">Milliseconds since the Unix epoch, not before <paramref name="From"/>.</param>
internal readonly record struct UiRange(long From, long To)
{
    private const long Hour = 3_600_000;

    // The year 9999: what lies beyond cannot be written as a date.
    private const long MaxTime = 253_402_300_799_999;

    /// <summary>The parameters <c>from</c> and <c>to</c>; the last hour where they are missing.</summary>
    /// <exception cref="UiRequestException">They are no times, or in the wrong order.</exception>
    public static UiRange Read(HttpContext context, TimeProvider clock)
    {
        long to = Time(context, "to") ?? clock.GetUtcNow().ToUnixTimeMilliseconds();
        long from = Time(context, "from") ?? to - Hour;
        return Ordered(from, to);
    }

    /// <summary>The members <c>from</c> and <c>to</c> of a body.</summary>
    /// <exception cref="UiRequestException">They are missing, no times, or in the wrong order.</exception>
    public static UiRange Read(JsonElement body) => Ordered(UiRequest.Time(body, "from"), UiRequest.Time(body, "to"));

    /// <summary>A whole number of the address, within bounds.</summary>
    /// <exception cref="UiRequestException">It is none.</exception>
    public static int Number(HttpContext context, string name, int absent, int max)
    {
        string text = context.Request.Query[name].ToString();
        if (text.Length == 0)
        {
            return absent;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= max
            ? number
            : throw UiRequest.Expected(name, $"a number from 0 to {max}");
    }

    /// <summary>The step that gives at most so many points, not below a second, on whole seconds.</summary>
    public long StepFor(int points) => Math.Max(1000, (((To - From) / points) + 999) / 1000 * 1000);

    private static long? Time(HttpContext context, string name)
    {
        string text = context.Request.Query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long time) && time <= MaxTime
            ? time
            : throw UiRequest.Expected(name, "milliseconds since the Unix epoch");
    }

    private static UiRange Ordered(long from, long to) => from <= to ? new UiRange(from, to) : throw UiRequest.Expected("from", "a time that is not after to");
}
