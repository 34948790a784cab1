using Pharos.Core.Labels;
using Pharos.Discovery.Files;
using Pharos.Discovery.Static;
using Pharos.Testing;

namespace Pharos.Discovery.Tests;

public sealed class DiscoveryManagerTests : IAsyncDisposable
{
    private readonly List<string> _changed = [];
    private readonly List<string> _failed = [];
    private readonly DiscoveryManager _manager;

    public DiscoveryManagerTests()
    {
        _manager = new DiscoveryManager(new ManualTimeProvider(), _changed.Add, (set, error) => _failed.Add($"{set}: {error}"));
    }

    public ValueTask DisposeAsync() => _manager.DisposeAsync();

    [Fact]
    public async Task Groups_of_all_ways_are_united_in_the_order_of_the_configuration()
    {
        using var folder = new TempFolder();
        folder.Write("t.json", """[{"targets":["file:1"]}]""");
        var files = new FileDiscoveryConfig { Files = [folder.File("t.json")], Fingerprint = "f" };
        await ApplyAsync(("a", [files, Static("s", "static:1")]), ("b", [Static("s", "other:1")]));

        Assert.Equal(["file:1", "static:1"], Addresses("a"));
        Assert.Equal(["other:1"], Addresses("b"));
        Assert.Equal([new DiscoveryStatus("file", null, null, 1, 1), new DiscoveryStatus("static", null, null, 1, 1)], _manager.GetStatus("a"));
    }

    [Fact]
    public async Task What_says_the_same_goes_on_and_what_is_gone_takes_its_targets_along()
    {
        await ApplyAsync(("a", [Static("1", "x:1"), Static("2", "y:1")]), ("b", [Static("3", "z:1")]));
        _changed.Clear();
        await ApplyAsync(("a", [Static("2", "y:1")]));

        Assert.Empty(_changed);
        Assert.Equal(["y:1"], Addresses("a"));
        Assert.Empty(Addresses("b"));
        Assert.Empty(_manager.GetStatus("b"));
    }

    [Fact]
    public async Task A_mechanism_that_is_not_available_says_why_and_finds_nothing()
    {
        await ApplyAsync(("a", [new Unbuilt()]));

        Assert.Equal([new DiscoveryStatus("unbuilt", "unbuilt discovery is not built yet", null, 0, 0)], _manager.GetStatus("a"));
        Assert.Empty(Addresses("a"));
    }

    [Fact]
    public async Task A_failure_is_said_once_for_as_long_as_its_reason_stays()
    {
        using var folder = new TempFolder();
        folder.Write("t.json", "[{");
        var files = new FileDiscoveryConfig { Files = [folder.File("t.json")], RefreshInterval = TimeSpan.FromSeconds(5), Fingerprint = "f" };
        await ApplyAsync(("a", [files]));
        await ApplyAsync(("a", [files]));

        string said = Assert.Single(_failed);
        Assert.StartsWith($"a: file: {folder.File("t.json")}:1:", said, StringComparison.Ordinal);
    }

    private static StaticDiscoveryConfig Static(string fingerprint, params string[] addresses) => new()
    {
        Groups = [new TargetGroup("0", [.. addresses.Select(static a => Labels.Of("__address__", a))], Labels.Empty)],
        Fingerprint = fingerprint,
    };

    private Task ApplyAsync(params (string Name, DiscoveryConfig[] Configs)[] sets) =>
        _manager.ApplyAsync(sets.ToDictionary(static s => s.Name, static s => (IReadOnlyList<DiscoveryConfig>)s.Configs));

    private IEnumerable<string> Addresses(string set) => _manager.GetGroups(set).SelectMany(static g => g.Targets).Select(static t => t["__address__"]);

    private sealed record Unbuilt : DiscoveryConfig
    {
        public override string Mechanism => "unbuilt";
    }
}
