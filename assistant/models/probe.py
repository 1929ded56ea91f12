"""Whether an endpoint can be reached."""

from dataclasses import replace

from assistant.errors import GongwenError
from assistant.models.client import open_client
from assistant.models.endpoint import Endpoint
from assistant.models.failures import answering_errors, model_error

SECONDS = 3.0


def reach(endpoint: Endpoint) -> tuple[bool, str]:
    """Return whether the endpoint answers and has the model, and one Chinese line about it. Takes some seconds at most."""
    from openai import APITimeoutError, NotFoundError

    try:
        names = _listed(replace(endpoint, timeout=SECONDS, retries=0))
    except NotFoundError:
        return (
            True,
            f"能连上 {endpoint.address}，但它不提供模型列表，无法核对模型 {endpoint.model}，作答若失败请核对地址。",
        )
    except APITimeoutError:
        return False, f"接口 {endpoint.address} 在 {SECONDS:g} 秒内没有回应，请检查网络、代理和接口地址。"
    except GongwenError as error:
        return False, str(error)
    except answering_errors() as error:
        return False, str(model_error(error, endpoint))
    if {endpoint.model, f"{endpoint.model}:latest"} & names:
        return True, f"能连上 {endpoint.address}，模型 {endpoint.model} 可用。"
    return False, f"能连上 {endpoint.address}，但模型列表中没有 {endpoint.model}，请核对模型名称。"


def _listed(endpoint: Endpoint) -> set[str]:
    with open_client(endpoint) as client:
        return {model.id for model in client.models.list().data}
