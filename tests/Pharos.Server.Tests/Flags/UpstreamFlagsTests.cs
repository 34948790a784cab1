using Pharos.Server.Flags;
using Pharos.Testing;

namespace Pharos.Server.Tests.Flags;

/// <summary>The committed list of Prometheus' flags against the catalog.</summary>
public sealed class UpstreamFlagsTests
{
    public static TheoryData<string, string, string> Flags
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            string path = Path.Combine(Repository.Root, "tests", "Pharos.Server.Tests", "Flags", "prometheus-flags.txt");
            foreach (string line in File.ReadLines(path).Where(static line => !line.StartsWith('#')))
            {
                string[] words = line.Split(' ');
                data.Add(words[0], words[1], words[2]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Flags))]
    public void Every_flag_of_Prometheus_3_is_known_with_its_type(string name, string kind, string value)
    {
        FlagDefinition? flag = FlagCatalog.Serve.Find(name);
        Assert.NotNull(flag);
        FlagKind[] expected = kind switch
        {
            "switch" => [FlagKind.Switch],
            "integer" => [FlagKind.Integer],
            "float" => [FlagKind.Float],
            "bytes" => [FlagKind.Bytes],
            "duration" => [FlagKind.Duration],
            "go-duration" => [FlagKind.GoDuration],
            "choice" => [FlagKind.Choice],
            _ => [FlagKind.Text],
        };
        Assert.Contains(flag.Kind, expected);
        Assert.Equal(kind == "list", flag.Repeatable || name == "web.listen-address");

        string[] args = kind == "switch" ? [$"--{name}"] : [$"--{name}={value}"];
        Assert.True(FlagParser.Parse(FlagCatalog.Serve, args).Values.IsGiven(name));
    }

    [Fact]
    public void The_catalog_has_nothing_under_upstreams_name_that_upstream_does_not_have()
    {
        HashSet<string> listed = [.. Flags.Select(static row => row.Data.Item1), "web.local-assets"];
        Assert.All(UpstreamFlags.All, flag => Assert.Contains(flag.Name, listed));
    }

    [Fact]
    public void Every_default_is_a_value_of_its_own_kind()
    {
        foreach (FlagDefinition flag in FlagCatalog.Serve.All)
        {
            Assert.NotNull(FlagValue.Normalize(flag, flag.Default));
        }
    }
}
