using Pharos.Discovery.Files;
using Pharos.Testing;

namespace Pharos.Discovery.Tests.Files;

public sealed class FileDiscovererTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingSink _sink = new();
    private readonly FileDiscoverer _discoverer;

    public FileDiscovererTests()
    {
        _discoverer = new FileDiscoverer(new FileDiscoveryConfig { Files = [_folder.File("t*.json"), _folder.File("*.yml")] }, _time);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_and_yaml_give_the_same_groups_and_name_their_file()
    {
        string json = _folder.Write("t1.json", """[{"targets":["a:1","b:1"],"labels":{"x":"y"}},{"targets":["c:1"]}]""");
        string yaml = _folder.Write("t2.yml", "- targets: ['d:1']\n  labels: {x: y}\n");
        _folder.Write("other.json", """[{"targets":["no:1"]}]""");
        _discoverer.Refresh(_sink);

        Assert.Equal(
            [
                $"{json}:0 a:1,b:1 {{__meta_filepath=\"{json}\", x=\"y\"}}",
                $"{json}:1 c:1 {{__meta_filepath=\"{json}\"}}",
                $"{yaml}:0 d:1 {{__meta_filepath=\"{yaml}\", x=\"y\"}}",
            ],
            _sink.Groups);
        Assert.Null(_sink.Error);
    }

    [Fact]
    public void A_bad_file_keeps_its_last_groups_and_says_where_it_is_bad()
    {
        string json = _folder.Write("t1.json", """[{"targets":["a:1"]}]""");
        _folder.Write("t2.json", """[{"targets":["b:1"]}]""");
        _discoverer.Refresh(_sink);

        _folder.Write("t1.json", "[{\"targets\":[\"a:1\"],\n\"lables\":{}}]");
        _folder.Write("t2.json", """[{"targets":["b:2"]}]""");
        _discoverer.Refresh(_sink);

        Assert.StartsWith($"{json}:2:", _sink.Error, StringComparison.Ordinal);
        Assert.Contains("lables", _sink.Error, StringComparison.Ordinal);
        Assert.Equal(["a:1", "b:2"], _sink.Addresses);

        _folder.Write("t1.json", """[{"targets":["a:9"]}]""");
        _discoverer.Refresh(_sink);
        Assert.Null(_sink.Error);
        Assert.Equal(["a:9", "b:2"], _sink.Addresses);
    }

    [Theory]
    [InlineData("t.json", "{}")]
    [InlineData("t.json", "[null]")]
    [InlineData("t.json", "[{\"targets\":\"a\"}]")]
    [InlineData("t.json", "")]
    [InlineData("t.yml", "a: b")]
    [InlineData("t.yml", "- targets: [a]\n  lables: {}")]
    [InlineData("t.yml", "- ")]
    [InlineData("t.yml", "- targets: [a\n")]
    public void What_is_no_list_of_groups_is_refused_with_the_files_name(string name, string content)
    {
        string path = _folder.Write(name, content);
        _discoverer.Refresh(_sink);

        Assert.StartsWith(path, _sink.Error, StringComparison.Ordinal);
        Assert.Empty(_sink.Groups);
    }

    [Fact]
    public void Groups_and_files_that_go_take_their_targets_along()
    {
        string json = _folder.Write("t1.json", """[{"targets":["a:1"]},{"targets":["b:1"]}]""");
        _discoverer.Refresh(_sink);
        _folder.Write("t1.json", """[{"targets":["a:1"]}]""");
        _discoverer.Refresh(_sink);
        Assert.Equal(["a:1"], _sink.Addresses);

        File.Delete(json);
        _discoverer.Refresh(_sink);
        Assert.Empty(_sink.Groups);
    }

    [Fact]
    public async Task A_change_is_noticed_by_itself_and_at_the_latest_after_the_refresh_interval()
    {
        using var stop = new CancellationTokenSource();
        Task run = _discoverer.RunAsync(_sink, stop.Token);
        Assert.Empty(_sink.Groups);

        _folder.Write("t1.json", """[{"targets":["a:1"]}]""");
        await Wait.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(50));
                return _sink.Addresses.Count == 1;
            },
            "the new file");
        int updates = _sink.Updates;
        await Wait.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMinutes(1));
                return _sink.Updates > updates;
            },
            "the refresh interval");

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private sealed class RecordingSink : ITargetGroupSink
    {
        private readonly Lock _lock = new();
        private readonly SortedDictionary<string, TargetGroup> _groups = new(StringComparer.Ordinal);

        public string? Error { get; private set; }

        public int Updates { get; private set; }

        public IReadOnlyList<string> Groups
        {
            get
            {
                lock (_lock)
                {
                    return [.. _groups.Values.Select(static g => $"{g.Source} {string.Join(',', g.Targets.Select(static t => t["__address__"]))} {g.Labels}")];
                }
            }
        }

        public IReadOnlyList<string> Addresses
        {
            get
            {
                lock (_lock)
                {
                    return [.. _groups.Values.SelectMany(static g => g.Targets).Select(static t => t["__address__"])];
                }
            }
        }

        public void Update(IReadOnlyList<TargetGroup> groups)
        {
            lock (_lock)
            {
                Updates++;
                foreach (TargetGroup group in groups)
                {
                    _groups[group.Source] = group;
                    if (group.Targets.Count == 0)
                    {
                        _groups.Remove(group.Source);
                    }
                }
            }
        }

        public void ReportError(string? error) => Error = error;
    }
}
