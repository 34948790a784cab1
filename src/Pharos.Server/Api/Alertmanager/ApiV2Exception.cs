namespace Pharos.Server.Api.Alertmanager;

/// <summary>A request that is answered by an error.</summary>
internal sealed class ApiV2Exception(ApiV2Error error) : Exception(error.Message)
{
    public ApiV2Error Error => error;
}
