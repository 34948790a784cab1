using System.Globalization;

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
        return from <= to ? new UiRange(from, to) : throw new UiRequestException(StatusCodes.Status400BadRequest, "from: expected a time that is not after to");
    }

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
            : throw new UiRequestException(StatusCodes.Status400BadRequest, $"{name}: expected a number from 0 to {max}");
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
            : throw new UiRequestException(StatusCodes.Status400BadRequest, $"{name}: expected milliseconds since the Unix epoch");
    }
}
