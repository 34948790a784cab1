namespace Pharos.Browser.Tests.Scenes;

/// <summary>The sample while all is well: a test may stop its application.</summary>
public sealed class OutageScene : SampleScene
{
    protected override double Errors => 0;
}
