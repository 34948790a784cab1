using System.Globalization;
using Pharos.Testing.Processes;

namespace Pharos.Browser.Tests.Scenes;

/// <summary>
/// The sample for pictures: it runs well for two thirds of the time, then requests fail, an alert fires and is told. How many seconds, says
/// <c>PHAROS_PICTURE_SECONDS</c> (30 to 3,600; 180 without it).
/// </summary>
public sealed class PictureScene : SampleScene
{
    /// <summary>How much history there is, and so what the pictures show.</summary>
    public static int Seconds { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("PHAROS_PICTURE_SECONDS"), CultureInfo.InvariantCulture, out int seconds) ? Math.Clamp(seconds, 30, 3600) : 180;

    protected override double Errors => 0;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await ScrapesAsync(Seconds * 2 / 3);
        await Application.SetTrafficAsync(new { errors = 0.3 });
        await ScrapesAsync(Seconds);
        await Until.TrueAsync("an alert that was told", async () => (await Sink.MessagesAsync("FlaskHighErrorRate")).Count > 0, () => Server.Process.Output);
    }

    private Task ScrapesAsync(int count) => Until.TrueAsync(
        $"{count} scrapes", async () => await Server.Api.NumberAsync("count_over_time(up{job=\"endpoint-stats\"}[2h])") >= count, () => Server.Process.Output, TimeSpan.FromSeconds((2 * count) + 60));
}
