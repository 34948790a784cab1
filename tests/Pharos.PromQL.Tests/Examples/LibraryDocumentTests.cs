using Pharos.Testing;

namespace Pharos.PromQL.Tests.Examples;

public class LibraryDocumentTests
{
    private const int MaxLines = 20;

    [Fact]
    public void The_document_shows_the_example_that_is_compiled()
    {
        string example = Read("tests/Pharos.PromQL.Tests/Examples/AlertExpressionTests.cs");
        Assert.Contains($"```csharp\n{example}```", Read("docs/promql-library.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_has_at_most_20_lines() =>
        Assert.InRange(Read("tests/Pharos.PromQL.Tests/Examples/AlertExpressionTests.cs").TrimEnd().Split('\n').Length, 1, MaxLines);

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");
}
