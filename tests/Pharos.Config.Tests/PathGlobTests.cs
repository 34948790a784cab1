using Pharos.Testing;

namespace Pharos.Config.Tests;

public sealed class PathGlobTests
{
    [Theory]
    [InlineData("*.yml", "a.yml b.yml")]
    [InlineData("a.*", "a.yaml a.yml")]
    [InlineData("?.yml", "a.yml b.yml")]
    [InlineData("[ac].yml", "a.yml")]
    [InlineData("[^a].yml", "b.yml")]
    [InlineData("a.yml", "a.yml")]
    [InlineData("none.yml", "")]
    [InlineData("none/*.yml", "")]
    [InlineData("[.yml", "")]
    [InlineData("*", "a.yaml a.yml b.yml")]
    public void The_last_part_of_a_path_may_stand_for_several(string pattern, string expected)
    {
        using var folder = new TempFolder();
        folder.Write("b.yml", "");
        folder.Write("a.yml", "");
        folder.Write("a.yaml", "");
        folder.Write("deeper/a.yml", "");

        Assert.Equal(expected, string.Join(' ', PathGlob.Expand(folder.File(pattern)).Select(Path.GetFileName)));
    }
}
