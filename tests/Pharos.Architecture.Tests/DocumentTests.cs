using System.Text.RegularExpressions;
using Pharos.Testing;

namespace Pharos.Architecture.Tests;

public partial class DocumentTests
{
    public static TheoryData<string> Documents =>
        new(SourceTree.Files("docs", ".md").Concat(new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md" }.Where(static f => File.Exists(Path.Combine(Repository.Root, f)))));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_file_of_the_repository_resolves(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        IEnumerable<string> broken = Link().Matches(SourceTree.Read(document))
            .Select(static m => m.Groups[1].Value)
            .Where(static link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#') && !link.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(link => !Path.Exists(Path.Combine(folder, link.Split('#')[0])));
        Assert.Empty(broken);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_source_path_in_code_type_resolves(string document)
    {
        IEnumerable<string> broken = SourcePath().Matches(SourceTree.Read(document))
            .Select(static m => m.Groups[1].Value)
            .Where(static path => !Path.Exists(Path.Combine(Repository.Root, path)));
        Assert.Empty(broken);
    }

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:src|tests|bench|fuzz|conformance|docs|eng|samples|web)/[\w./-]+)`")]
    private static partial Regex SourcePath();
}
