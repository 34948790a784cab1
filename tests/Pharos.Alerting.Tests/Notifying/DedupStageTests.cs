using Pharos.Alerting.Notifying;

namespace Pharos.Alerting.Tests.Notifying;

public class DedupStageTests
{
    private const long Now = 10_000_000;
    private static readonly TimeSpan Repeat = TimeSpan.FromMinutes(30);

    [Theory]
    // last told: firing | resolved; now: firing | resolved; send_resolved; minutes ago; reason
    [InlineData(null, null, "1", "", true, 0, "first notification")]
    [InlineData(null, null, "", "1", true, 0, null)]
    [InlineData("1", "", "1", "", true, 10, null)]
    [InlineData("1", "", "1", "", true, 30, null)]
    [InlineData("1", "", "1", "", true, 31, "repeat interval elapsed")]
    [InlineData("1", "", "1 2", "", true, 1, "new alerts in group")]
    [InlineData("1 2", "", "1", "", true, 1, null)]
    [InlineData("1 2", "", "1", "2", true, 1, "new resolved alerts")]
    [InlineData("1 2", "", "1", "2", false, 1, null)]
    [InlineData("1", "2", "1", "2", true, 1, null)]
    [InlineData("1", "2", "1 2", "", true, 1, "new alerts in group")]
    [InlineData("1", "", "", "1", true, 1, "all alerts resolved")]
    [InlineData("1", "", "", "1", false, 1, "all alerts resolved")]
    [InlineData("", "1", "", "1", true, 1, null)]
    [InlineData("", "1", "", "1 2", true, 60, null)]
    [InlineData("", "1", "2", "1", true, 1, "new alerts in group")]
    public void An_integration_is_told_what_it_does_not_know(
        string? toldFiring, string? toldResolved, string firing, string resolved, bool sendResolved, int minutesAgo, string? reason)
    {
        NotificationEntry? entry = toldFiring is null
            ? null
            : new NotificationEntry(new NotificationKey("g", "r", "webhook", 0), Now - (minutesAgo * 60_000), long.MaxValue, Set(toldFiring), Set(toldResolved!));
        Assert.Equal(reason, DedupStage.ReasonToNotify(entry, Set(firing), Set(resolved), sendResolved, Repeat, Now));
    }

    private static HashSet<ulong> Set(string numbers) => [.. numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ulong.Parse)];
}
