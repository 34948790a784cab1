using Pharos.Alerting.Alerts;
using Pharos.Core.Labels;
using Pharos.Testing;

namespace Pharos.Alerting.Tests.Alerts;

public class AlertStoreTests
{
    private static readonly Labels Names = Labels.Of("alertname", "Down");
    private readonly ManualTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));

    [Fact]
    public void The_fingerprint_is_upstreams()
    {
        // What the real Alertmanager 0.33.1 answered for {alertname="a"}.
        Assert.Equal("d258efc389808447", AlertFingerprint.TextOf(Labels.Of("alertname", "a")));
    }

    [Fact]
    public void An_update_keeps_the_earliest_start_and_takes_the_later_end()
    {
        var store = new AlertStore(_clock);
        store.Put([Alert(startsAt: 900_000, endsAt: 1_100_000, updatedAt: 1)]);
        store.Put([Alert(startsAt: 950_000, endsAt: 1_200_000, updatedAt: 2)]);
        StoredAlert merged = Assert.Single(store.GetAll());
        Assert.Equal((900_000, 1_200_000), (merged.StartsAt, merged.EndsAt));
    }

    [Fact]
    public void An_end_that_somebody_named_outlasts_the_timeout_of_a_later_update()
    {
        var store = new AlertStore(_clock);
        store.Put([Alert(900_000, 2_000_000, 1)]);
        store.Put([Alert(950_000, 1_300_000, 2, isTimeout: true)]);
        Assert.Equal(2_000_000, store.Find(AlertFingerprint.Of(Names))!.EndsAt);
    }

    [Fact]
    public void A_timeout_gives_way_to_a_later_update()
    {
        var store = new AlertStore(_clock);
        store.Put([Alert(900_000, 2_000_000, 1, isTimeout: true)]);
        store.Put([Alert(950_000, 1_300_000, 2)]);
        Assert.Equal(1_300_000, store.Find(AlertFingerprint.Of(Names))!.EndsAt);
    }

    [Fact]
    public void Of_two_ends_that_have_passed_the_latest_counts()
    {
        var store = new AlertStore(_clock);
        store.Put([Alert(900_000, 990_000, 1)]);
        store.Put([Alert(900_000, 980_000, 2)]);
        Assert.Equal(990_000, store.Find(AlertFingerprint.Of(Names))!.EndsAt);
    }

    [Fact]
    public void One_that_begins_after_the_end_of_the_former_is_a_new_one()
    {
        var store = new AlertStore(_clock);
        store.Put([Alert(900_000, 950_000, 1)]);
        store.Put([Alert(960_000, 1_300_000, 2)]);
        Assert.Equal(960_000, store.Find(AlertFingerprint.Of(Names))!.StartsAt);
    }

    [Fact]
    public void A_full_store_refuses_new_alerts_and_takes_updates()
    {
        var store = new AlertStore(_clock, new AlertStoreOptions { MaxAlerts = 1 });
        Assert.Equal(0, store.Put([Alert(900_000, 1_100_000, 1)]));
        StoredAlert other = Alert(900_000, 1_100_000, 1) with { Labels = Labels.Of("alertname", "Other") };
        Assert.Equal(1, store.Put([new StoredAlert(other.Labels, Labels.Empty, 900_000, 1_100_000, 1, false, ""), Alert(900_000, 1_200_000, 2)]));
        Assert.Equal(1_200_000, Assert.Single(store.GetAll()).EndsAt);
        Assert.Equal(1, store.Refused);
    }

    [Fact]
    public void What_ended_is_forgotten_after_the_retention()
    {
        var store = new AlertStore(_clock, new AlertStoreOptions { ResolvedRetention = TimeSpan.FromMinutes(1) });
        store.Put([Alert(900_000, 1_000_000, 1)]);
        Assert.Equal(0, store.Collect());
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, store.Collect());
        Assert.Empty(store.GetAll());
    }

    [Fact]
    public void A_follower_hears_what_is_here_and_then_every_change()
    {
        var store = new AlertStore(_clock);
        store.Put([Alert(900_000, 1_100_000, 1)]);
        var heard = new List<long>();
        store.Follow(alert => heard.Add(alert.EndsAt));
        store.Put([Alert(900_000, 1_200_000, 2)]);
        store.Follow(null);
        store.Put([Alert(900_000, 1_300_000, 3)]);
        Assert.Equal([1_100_000, 1_200_000], heard);
    }

    [Fact]
    public void Messages_list_alerts_by_job_then_instance_then_labels()
    {
        StoredAlert[] alerts =
        [
            Of("id", "c"),
            Of("id", "b", "job", "x", "instance", "2"),
            Of("id", "a", "job", "x", "instance", "1"),
        ];
        Array.Sort(alerts, StoredAlert.CompareForMessage);
        Assert.Equal(["a", "b", "c"], alerts.Select(static alert => alert.Labels["id"]));
    }

    private static StoredAlert Of(params string[] labels) => new(Labels.Of(labels), Labels.Empty, 1, 0, 1, false, "");

    private static StoredAlert Alert(long startsAt, long endsAt, long updatedAt, bool isTimeout = false) => new(Names, Labels.Empty, startsAt, endsAt, updatedAt, isTimeout, "");
}
