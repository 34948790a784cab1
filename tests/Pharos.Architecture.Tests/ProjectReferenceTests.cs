using System.Xml.Linq;
using Pharos.Testing;

namespace Pharos.Architecture.Tests;

public class ProjectReferenceTests
{
    /// <summary>Who may use whom; what is not here is refused. A new project needs one sentence in docs/architecture.md and a line here.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Core"] = [],
        ["Config"] = ["Core"],
        ["Templating"] = ["Core"],
        ["Storage"] = ["Core"],
        ["PromQL"] = ["Core"],
        ["State"] = ["Core", "Config"],
        ["Access"] = ["Core", "Config"],
        ["Discovery"] = ["Core", "Config"],
        ["Scrape"] = ["Core", "Config", "Discovery"],
        ["Remote"] = ["Core", "Config"],
        ["Alerting"] = ["Core", "Config", "Templating", "Discovery"],
        ["Rules"] = ["Core", "Config", "Templating", "PromQL"],
        ["Instrumentation"] = [],
        ["Dashboards"] = ["Core", "Config"],
        ["Server"] = ["Core", "Config", "Templating", "Storage", "PromQL", "State", "Access", "Discovery", "Scrape", "Remote", "Alerting", "Rules", "Dashboards"],
    };

    [Fact]
    public void Every_project_under_src_is_in_the_table() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), SourceProjects().Select(ShortName).Order(StringComparer.Ordinal));

    [Fact]
    public void A_project_references_only_what_the_table_allows()
    {
        foreach (string project in SourceProjects())
        {
            IEnumerable<string> references = Elements(project, "ProjectReference").Select(static e => ShortName((string)e.Attribute("Include")!));
            Assert.Empty(references.Except(Allowed[ShortName(project)], StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Nothing_but_tests_references_the_server()
    {
        foreach (string project in SourceProjects())
        {
            Assert.DoesNotContain(Elements(project, "ProjectReference"), static e => ((string)e.Attribute("Include")!).Contains("Pharos.Server", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Core_has_no_packages() => Assert.Empty(Elements("src/Pharos.Core/Pharos.Core.csproj", "PackageReference"));

    [Fact]
    public void Internals_are_opened_only_by_the_build_file_to_own_tests_benchmarks_and_fuzz_targets()
    {
        foreach (string project in SourceProjects())
        {
            Assert.Empty(Elements(project, "InternalsVisibleTo"));
        }

        foreach (string file in SourceTree.Files("src", ".cs"))
        {
            Assert.DoesNotContain("InternalsVisibleTo", SourceTree.Read(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = SourceTree.Read("Pharos.slnx");
        string[] folders = ["src", "samples", "tests", "conformance", "fuzz", "bench"];
        foreach (string project in folders.SelectMany(static f => SourceTree.Files(f, ".csproj")))
        {
            Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Versions_of_packages_stand_in_one_file()
    {
        foreach (string project in SourceTree.Files(".", ".csproj"))
        {
            Assert.DoesNotContain(Elements(project, "PackageReference"), static e => e.Attribute("Version") is not null);
        }
    }

    private static IReadOnlyList<string> SourceProjects() => SourceTree.Files("src", ".csproj");

    private static string ShortName(string path) => Path.GetFileNameWithoutExtension(path)["Pharos.".Length..];

    private static IEnumerable<XElement> Elements(string project, string name) =>
        XDocument.Load(Path.Combine(Repository.Root, project)).Descendants(name);
}
